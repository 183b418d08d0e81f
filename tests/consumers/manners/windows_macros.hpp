// SPDX-License-Identifier: MIT
// Macros as <windows.h> and what it includes define them, those that are also plausible names.
#undef DELETE  // <arpa/nameser.h> has some of them too, and whole httplib.h include it
#undef NO_DATA
#undef TRY_AGAIN
#define min(a, b) (((a) < (b)) ? (a) : (b))
#define max(a, b) (((a) > (b)) ? (a) : (b))
#define small char
#define hyper long
#define interface struct
#define near
#define far
#define pascal
#define cdecl
#define IN
#define OUT
#define OPTIONAL
#define CONST const
#define VOID void
#define TRUE 1
#define FALSE 0
#define STRICT 1
#define THIS
#define PURE = 0
#define ERROR 0
#define NO_ERROR 0L
#define ERROR_SUCCESS 0L
#define NO_DATA 11004L
#define TRY_AGAIN 11002L
#define GET 1
#define DELETE (0x00010000L)
#define IGNORE 0
#define INFINITE 0xFFFFFFFF
#define ABSOLUTE 1
#define RELATIVE 2
#define TRANSPARENT 1
#define DOMAIN 1
#define OVERFLOW 3
#define UNDERFLOW 4
#define rad1 0x0490
#define grp1 0x0430
#define Yield()
#define CreateFile CreateFileW
#define DeleteFile DeleteFileW
#define GetClassName GetClassNameW
#define GetCurrentTime GetTickCount
#define GetMessage GetMessageW
#define GetObject GetObjectW
#define SendMessage SendMessageW
