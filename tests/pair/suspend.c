/* SPDX-License-Identifier: MIT */
#include "check.h"
#include "ram.h"
#include "suspend.h"
#include "vmm.h"

/* Checks a device of any class while its driver has suspended it. Section: Basic Facilities of a Virtio
 * Device / Device Status. */

void suspend_check(struct vwr_dev *d, struct vwr_vdev *v)
{
    const bool cannot = v->legacy || vmm_has_bell(v);
    uintptr_t interrupts;
    uint64_t sum;

    CHECK_NUMBER(vwr_dev_has(d, VWR_F_SUSPEND), !cannot);
    if (cannot) {
        CHECK_NUMBER(vwr_dev_suspend(d), VWR_EUNSUPP);
        return;
    }
    CHECK_NUMBER(vwr_dev_suspend(d), VWR_OK);
    CHECK_NUMBER(vwr_dev_suspend(d), VWR_OK);
    CHECK(vwr_vdev_is_suspended(v));
    CHECK_NUMBER(vwr_dev_check(d), VWR_OK);
    for (unsigned i = 0; i < v->queues; i++)
        CHECK_NUMBER(vwr_vqueue_in_flight(&v->queue[i]), 0);
    interrupts = v->stats.interrupts;
    sum = ram_sum();
    for (unsigned i = 0; i < 3; i++) {
        vmm_run_until_idle();
        for (unsigned queue = 0; queue < v->queues; queue++)
            vwr_vdev_serve(v, (uint16_t)queue);
    }
    CHECK_NUMBER(ram_sum(), sum);
    CHECK_NUMBER(v->stats.interrupts, interrupts);
    CHECK_NUMBER(vwr_dev_resume(d), VWR_OK);
    CHECK_NUMBER(vwr_dev_resume(d), VWR_OK);
    CHECK(!vwr_vdev_is_suspended(v));
}
