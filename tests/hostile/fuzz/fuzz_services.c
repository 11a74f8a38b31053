/* SPDX-License-Identifier: MIT */
#include "script.h"
#include "services.h"

/*
 * A generated service for the device that the first byte of the input selects, under a guest that does what
 * the rest selects (script.h). The functions of the service accept, answer, keep and refuse as the input
 * selects, too.
 */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    static const struct script empty;
    static struct script script;
    struct world_plan plan;

    script = empty;
    script.in = (struct input){data, bytes};
    services_plan(&plan, &script.in);
    services_feed(&script.in);
    world_begin(&plan);
    script_run(&script);
    world_run_until_idle();
    services_feed(NULL);
    world_must_work();
    return 0;
}
