/* SPDX-License-Identifier: MIT */
#ifndef VWR_COMMON_POISON_H
#define VWR_COMMON_POISON_H

/* Marks memory as inaccessible for the address sanitizer. Without the sanitizer both macros do nothing. */

#if defined(__SANITIZE_ADDRESS__)
#define HAVE_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAVE_ASAN 1
#endif
#endif

#ifdef HAVE_ASAN
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#endif

#endif
