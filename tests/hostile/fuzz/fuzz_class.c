/* SPDX-License-Identifier: MIT */
#include "classes.h"

/*
 * A device of one class (class_NAME.c) under a guest that does what the input selects (script.h). The VMM
 * behind the device accepts, keeps and refuses as the input selects, too. After a driver has reset the
 * device, it must work.
 */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    static const struct script empty;
    static struct script script;
    struct world_plan plan;

    script = empty;
    script.in = (struct input){data, bytes};
    world_plan(&plan, &script.in);
    plan.class = WORLD_SERVICE;
    plan.service = &class_world;
    plan.later = false;
    plan.again = plan.again || class_world.again;
    class_feed(&script.in);
    world_begin(&plan);
    script_poke_meanwhile(&script);
    script_run(&script);
    class_feed(NULL);
    world_run_until_idle();
    world_must_work();
    return 0;
}
