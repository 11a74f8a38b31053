/* SPDX-License-Identifier: MIT */
#include "avatar_types.h"
#include "io.h"
#include "app/app.h"

/*
 * In Avatar this is the kernel for HV=0, which HV=1 links too. It needs the applications: without them it
 * does not compile.
 */
void kernel_main(void);
void kernel_main(void)
{
    logger("%llu bytes of applications\n", (uint64_t)((char *)__add_bin_end - (char *)__add_bin_start));
}
