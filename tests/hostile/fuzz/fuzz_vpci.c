/* SPDX-License-Identifier: MIT */
#include "on_pci.h"

/*
 * A device on PCI: the guest accesses configuration spaces, BAR and doorbells as the input selects, between
 * the steps of a script (script.h), and the VMM resets the function. Afterwards the device must work.
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
    plan.legacy = false;
    plan.again = true;
    world_begin(&plan);
    on_pci_begin(input_u8(&script.in));
    on_pci_place();
    script_poke_meanwhile(&script);
    while (script.in.left > 0)
        if ((input_u8(&script.in) & 1u) != 0)
            on_pci_step(&script.in);
        else
            script_step(&script);
    world_run_until_idle();
    on_pci_reset();
    on_pci_check_unused();
    on_pci_place();
    world_must_work();
    return 0;
}
