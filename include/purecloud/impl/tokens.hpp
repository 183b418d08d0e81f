// SPDX-License-Identifier: MIT
#pragma once

// The bodies of everything but the backends.
#include <purecloud/impl/base_url.hpp>
#include <purecloud/impl/calendar.hpp>
#include <purecloud/impl/call.hpp>
#include <purecloud/impl/configuration.hpp>
#include <purecloud/impl/error.hpp>
#include <purecloud/impl/exchange.hpp>
#include <purecloud/impl/json.hpp>
#include <purecloud/impl/region.hpp>
#include <purecloud/impl/retry_after.hpp>
#include <purecloud/impl/text.hpp>
#include <purecloud/impl/timestamp.hpp>
