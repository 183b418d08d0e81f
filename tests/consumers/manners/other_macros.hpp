// SPDX-License-Identifier: MIT
// Macros as X11's headers, Apple's <AssertMacros.h>, and some C libraries define them.
#undef verify
#undef check
#define Success 0
#define None 0L
#define Status int
#define Bool int
#define True 1
#define False 0
#define Always 2
#define Above 0
#define Below 1
#define Complex 0
#define Unsorted 0
#define CurrentTime 0L
#define Expose 12
#define KeyPress 2
#define Button1 1
#define Cursor unsigned long
#define Bad 1
#define error(x) x_error_is_a_macro
#define require(assertion, label) if (!(assertion)) goto label
#define check(assertion) check_is_a_macro
#define verify(assertion) verify_is_a_macro
#define require_noerr(code, label) if (code) goto label
#define nil nullptr
#define Nil nullptr
#define YES 1
#define NO 0
#define DEBUG 1
