/* SPDX-License-Identifier: MIT */
#include "script.h"

/*
 * A device under a guest that does what the input selects (script.h). The device may access only memory of
 * the guest, and after a driver has reset the device, it must work.
 */

static struct script script;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    static const struct script empty;
    struct world_plan plan;

    script = empty;
    script.in = (struct input){data, bytes};
    world_plan(&plan, &script.in);
    world_begin(&plan);
    script_poke_meanwhile(&script);
    script_run(&script);
    world_run_until_idle();
    world_must_work();
    return 0;
}
