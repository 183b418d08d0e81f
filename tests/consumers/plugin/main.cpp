// SPDX-License-Identifier: MIT
// Loads a plugin, calls it, unloads it: nothing of it may run afterwards in what is gone.
#include <atomic>
#include <condition_variable>
#include <fstream>
#include <iostream>
#include <mutex>
#include <string>
#include <thread>

#include <dlfcn.h>
#include <netdb.h>

namespace {

std::mutex mutex;
std::condition_variable changed;
bool unloaded = false;

int threads() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (int count = 0; word == "Threads:" && status >> count) return count;
  return -1;
}

}  // namespace

/// In place of the system's: finds nothing, once the plugin has been unloaded.
extern "C" int getaddrinfo(const char*, const char*, const addrinfo*, addrinfo**) {
  std::unique_lock<std::mutex> lock(mutex);
  changed.wait(lock, [] { return unloaded; });
  return EAI_NONAME;
}

int main() {
  void* const plugin = dlopen("./plugin.so", RTLD_NOW);
  if (!plugin) return std::cerr << dlerror() << '\n', 1;
  const auto call = reinterpret_cast<bool (*)()>(dlsym(plugin, "call"));
  if (!call()) return std::cerr << "no timeout\n", 2;
  dlclose(plugin);
  {
    const std::lock_guard<std::mutex> lock(mutex);
    unloaded = true;
  }
  changed.notify_all();
  while (threads() > 1) std::this_thread::yield();
  std::cout << "unloaded in order\n";
}
