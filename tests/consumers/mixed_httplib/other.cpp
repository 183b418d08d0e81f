// SPDX-License-Identifier: MIT
#include <string>

#include <httplib.h>

std::string error_of_other_file() {
  httplib::Client client("http://127.0.0.1:1");
  return client.Get("/").error() == httplib::Error::Connection ? "Connection" : "another error";
}
