/* SPDX-License-Identifier: MIT */
#include "avatar_types.h"
#include "io.h"
#include "app/app.h"

/* Avatar's kernel for HV=0 is in here; HV=1 links it too. Who has not made the applications does not compile.
 */
void kernel_main(void);
void kernel_main(void)
{
    logger("%llu bytes of applications\n", (uint64_t)((char *)__add_bin_end - (char *)__add_bin_start));
}
