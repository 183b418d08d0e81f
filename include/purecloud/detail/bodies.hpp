// SPDX-License-Identifier: MIT
// The bodies of everything but the backends. Without #pragma once: a file may include a header of
// this library before it defines PURECLOUD_TOKENS_IMPLEMENTATION and includes the bodies.
#include <purecloud/detail/separate.hpp>
#if PURECLOUD_TOKENS_BODIES
#include <purecloud/configuration.ipp>
#include <purecloud/detail/call/call_error.ipp>
#include <purecloud/detail/call/exchange.ipp>
#include <purecloud/detail/call/request.ipp>
#include <purecloud/detail/call/retry_after.ipp>
#include <purecloud/detail/call/settings.ipp>
#include <purecloud/detail/condition.ipp>
#include <purecloud/detail/driver.ipp>
#include <purecloud/detail/json/error_body.ipp>
#include <purecloud/detail/oauth/digest.ipp>
#include <purecloud/detail/oauth/form.ipp>
#include <purecloud/detail/oauth/operations.ipp>
#include <purecloud/detail/oauth/token_response.ipp>
#include <purecloud/detail/oauth/token_source.ipp>
#include <purecloud/detail/operations.ipp>
#include <purecloud/detail/text/calendar.ipp>
#include <purecloud/detail/text/no_proxy.ipp>
#include <purecloud/detail/text/redaction.ipp>
#include <purecloud/detail/text/text.ipp>
#include <purecloud/detail/text/url.ipp>
#include <purecloud/error.ipp>
#include <purecloud/json.ipp>
#include <purecloud/oauth_grants.ipp>
#include <purecloud/region.ipp>
#include <purecloud/timestamp.ipp>
#endif
