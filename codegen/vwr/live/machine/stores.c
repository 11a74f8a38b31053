/* SPDX-License-Identifier: MIT */
#include "live.h"
#include "page.h"

/*
 * The compiler calls these functions before each load and each store of the other files. This file itself is
 * compiled without them.
 */

static bool is_in(const void *p, const void *area, size_t bytes)
{
    return (uintptr_t)p - (uintptr_t)area < bytes;
}

static void touch(const void *p, uint32_t bytes, uint32_t is_store)
{
    if ((live_running == LIVE_DRIVER || live_running == LIVE_DEVICE) &&
        (is_in(p, live_ram, sizeof(live_ram)) || is_in(p, live_surfaces, sizeof(live_surfaces))))
        page_touch(is_store, live_running, p, bytes);
}

/* clang-format off */
void __sanitizer_cov_load1(const void *p) { touch(p, 1, 0); }
void __sanitizer_cov_load2(const void *p) { touch(p, 2, 0); }
void __sanitizer_cov_load4(const void *p) { touch(p, 4, 0); }
void __sanitizer_cov_load8(const void *p) { touch(p, 8, 0); }
void __sanitizer_cov_load16(const void *p) { touch(p, 16, 0); }
void __sanitizer_cov_store1(const void *p) { touch(p, 1, 1); }
void __sanitizer_cov_store2(const void *p) { touch(p, 2, 1); }
void __sanitizer_cov_store4(const void *p) { touch(p, 4, 1); }
void __sanitizer_cov_store8(const void *p) { touch(p, 8, 1); }
void __sanitizer_cov_store16(const void *p) { touch(p, 16, 1); }
/* clang-format on */

/* Called at the start of each function; the page takes the functions from the stack of a call to it. */
void __sanitizer_cov_trace_pc(void)
{
}
