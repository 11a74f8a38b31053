/* SPDX-License-Identifier: MIT */
#ifndef VWR_BRINGUP_H
#define VWR_BRINGUP_H

#include "vwr/receive.h"
#include "vwr/transmit.h"

VWR_BEGIN_C

/**
 * DOC: Bring-up and recovery of a device of any class
 *
 * Bringing up a probed device takes these steps: reset, features, configuration, queues, DRIVER_OK.
 * The open function of a class performs all steps. The other calls are the same for each class, and take the
 * member `bringup` of the class's device structure::
 *
 *     while ((r = vwr_recover(&disk.bringup)) == VWR_EBUSY)  // when a call reports that a queue is stopped,
 *         other_things();                                    // or if vwr_dev_check() fails
 *     while ((r = vwr_freeze(&disk.bringup)) == VWR_EBUSY)   // before the system suspends
 *         other_things();
 *     stage = vwr_get_stage(&disk.bringup);
 *     r = vwr_close(&disk.bringup);
 *
 * vwr_recover() performs one step per call, and resets the device again if a step fails. vwr_freeze() stops
 * after the reset; a later vwr_recover() continues from there::
 *
 *     RUNNING -> STOPPED -> RESETTING -> RUNNING
 *                             |   ^  |
 *                   no answer +---+  +-> DEAD: reset acknowledged, the device does not start
 *                             +--------> LOST: no reset acknowledged, the device owns the memory.
 *                                        To RUNNING or DEAD, if it acknowledges a reset late
 *     RUNNING -> FREEZING -> FROZEN -> RESETTING -> RUNNING
 *
 * Rules:
 *
 * - The device owns the buffers in flight until it acknowledges a reset. Requests are not reclaimed
 *   earlier.
 * - No step waits for the device. A step makes at most 64 accesses to registers and configuration.
 * - While another thread recovers or freezes the device, a blocking call continues to wait until its
 *   deadline: first for the device to acknowledge the reset, then for the resubmitted request to complete.
 *   vwr/result.h describes who owns the memory if the deadline passes. The caller owns the memory in
 *   VWR_STAGE_RUNNING and VWR_STAGE_DEAD. After the call has ended, the caller also owns it in
 *   VWR_STAGE_FROZEN.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 */

/** VWR_RECOVERY_TRIES - Number of resets before a recovery fails */
#ifndef VWR_RECOVERY_TRIES
#define VWR_RECOVERY_TRIES 3u
#endif
VWR_STATIC_ASSERT(VWR_RECOVERY_TRIES > 0, "VWR_RECOVERY_TRIES must be at least 1");

/**
 * struct vwr_bringup_class - A device class; a constant
 * @type: Device ID: VWR_..._ID.
 * @bytes: Size in bytes of the class's device structure, which begins with struct vwr_bringup.
 * @info_at: Offset of @info, which @read fills in, in the class's device structure.
 * @info_bytes: Size of @info in bytes.
 * @want: Features to accept if offered; NULL: none.
 * @rules: Dependencies between features: vwr_..._feature_rules; NULL: none.
 * @rule_count: Number of rules.
 * @read: Read the configuration into @info, which has been zeroed. The function is called again if the
 *   configuration changes meanwhile. NULL: there is nothing to read.
 * @configure: Check the configuration that was read. If it returns VWR_ERESET, the device is reset
 *   and negotiated again. NULL: there is nothing to check.
 * @set_up: Create queues (vwr_request_setup(), vwr_receive_setup(), vwr_transmit_setup()). @n is the number
 *   of earlier calls since the reset. Returns VWR_OK when all queues exist, or 1 to be called again.
 * @event: Called after all queues have changed state, including when the device is opened or closed. NULL:
 *   the class does nothing.
 * @restore: Perform the next step of restoring settings that a reset has ended. The recovery calls it
 *   while the device is live. Returns VWR_OK when nothing is left to do, or VWR_EBUSY. NULL: there are none.
 * @needs: Bytes of the configuration that @read and the other functions access: vwr_..._config_needs;
 *   NULL: none. If the device has fewer, the bring-up fails with VWR_ERANGE.
 *
 * The functions are called in the order of the members. No function waits, and each makes at most
 * 64 accesses to the device. If a function returns an error, the device is reset again or the
 * bring-up fails.
 */
struct vwr_bringup_class {
    uint32_t type;
    uint32_t bytes, info_at;
    uint16_t info_bytes;
    const struct vwr_features *want;
    const struct vwr_feature_rule *rules;
    uint16_t rule_count;
    void (*read)(const struct vwr_config *c, void *info);
    int (*configure)(struct vwr_bringup *v);
    int (*set_up)(struct vwr_bringup *v, unsigned n);
    void (*event)(struct vwr_bringup *v, enum vwr_bringup_event event);
    int (*restore)(struct vwr_bringup *v);
    const struct vwr_config_need *needs;
};

/*
 * VWR_ONE_BRINGUP: a build with a single driver may define this macro as the driver's class for the whole
 * library, as in -DVWR_ONE_BRINGUP=vwr_blk_bringup. The compiler can then use the class's table as a
 * constant.
 */
#ifdef VWR_ONE_BRINGUP
extern const struct vwr_bringup_class VWR_ONE_BRINGUP;
#define VWR_BRINGUP_CLASS_OF(v) ((void)(v), &VWR_ONE_BRINGUP)
#else
#define VWR_BRINGUP_CLASS_OF(v) ((v)->cls)
#endif

/**
 * VWR_BRINGUP_CLASS() - Fill in the members @type, @bytes, @info_at and @info_bytes of a class
 * @id: Device type.
 * @driver: Name of the driver's structure.
 * @info: Member that contains the configuration.
 */
#define VWR_BRINGUP_CLASS(id, driver, info)                                                           \
    .type = (id), .bytes = sizeof(struct driver), .info_at = __builtin_offsetof(struct driver, info), \
    .info_bytes = sizeof(((struct driver *)0)->info)

/**
 * vwr_bringup_begin() - Start opening a device (for device classes)
 * @v: Bring-up of the class's device. The call zeroes the class's device structure, unless it fails with
 *   VWR_EBUSY or VWR_EFAILED.
 * @cls: Class.
 * @d: Device.
 *
 * Return: VWR_OK.
 * * VWR_ETYPE: the device has a different type; vwr_dev_explain() describes the error.
 * * VWR_EBUSY: the device is in use.
 * * VWR_EFAILED: the device is not in the state that follows a probe, a close or a reset.
 */
VWR_MUST_CHECK int vwr_bringup_begin(struct vwr_bringup *v, const struct vwr_bringup_class *cls,
                                     struct vwr_dev *d);

/**
 * vwr_bringup_open() - Bring up a probed device (for device classes)
 * @v: Bring-up, after vwr_bringup_begin().
 *
 * Return: VWR_OK: the device is live.
 * * VWR_EFAILED: buffers could not be posted.
 * * VWR_ERANGE: the device's configuration has fewer bytes than the class needs.
 * * Other errors: those of the class, and the same as vwr_dev_reset(), vwr_dev_agree(),
 *   vwr_dev_read_config(), vwr_request_setup() and vwr_dev_start(). The caller then owns all memory, unless
 *   the reset failed.
 */
VWR_MUST_CHECK int vwr_bringup_open(struct vwr_bringup *v);

/**
 * vwr_close() - Reset a device and drop all requests in flight
 * @v: Bring-up.
 *
 * Return: VWR_OK: buffers, requests and memory belong to the caller. Requests that were in flight have the
 *   result VWR_ERESET, and what was not sent or read is lost. Otherwise the same as vwr_dev_reset().
 *   VWR_EINVAL can also mean that the device was never opened.
 */
VWR_MUST_CHECK int vwr_close(struct vwr_bringup *v);

/**
 * vwr_bringup_read_info() - Read the configuration again after a change
 * @v: Bring-up.
 * @info: Filled in; info_bytes of the class.
 *
 * Call it after an interrupt that reports a configuration change. The call polls the device status
 * first.
 *
 * Return: VWR_OK.
 * * VWR_ENEEDSRESET, VWR_EGONE, VWR_EPROTO, VWR_EUNSTABLE: the first request queue is stopped.
 * * VWR_EFAILED: the device is not running.
 * * VWR_ERESET: the first request queue is being cancelled; call again later.
 */
VWR_MUST_CHECK int vwr_bringup_read_info(struct vwr_bringup *v, void *info);

/**
 * vwr_get_stage() - Get the stage of a device
 * @v: Bring-up; NULL, as of a struct vwr_opened without a device, is VWR_STAGE_DEAD.
 *
 * Context: Any context, including an interrupt handler. Does not wait. It accesses memory only.
 * Return: The stage.
 */
enum vwr_stage vwr_get_stage(const struct vwr_bringup *v);

/**
 * vwr_recover() - Perform the next step of a recovery
 * @v: Bring-up.
 *
 * Call it repeatedly, from a thread, a timer or an interrupt handler. When the device runs again, reap
 * returns the requests that were in flight, or options->replay resubmits them. Then the settings are restored
 * that a reset ends, such as those of vwr/net_control.h, one message per call. In VWR_STAGE_LOST, each call
 * polls the device once, and starts the device if it has acknowledged the reset.
 *
 * Return: VWR_OK: the device is live.
 * * VWR_EBUSY: in progress; call again.
 * * VWR_EFAILED: the device did not recover after VWR_RECOVERY_TRIES resets. vwr/result.h describes
 *   who owns the memory.
 * * If a queue stopped again while settings were restored, the same as vwr_request_reap() and
 *   vwr_request_submit(); the next call restarts the recovery.
 */
VWR_MUST_CHECK int vwr_recover(struct vwr_bringup *v);

/**
 * vwr_freeze() - Perform the next step of a freeze, which stops the device and keeps its requests
 * @v: Bring-up.
 *
 * Call this function before the system suspends or migrates. It resets the device and keeps the
 * requests in flight. A later vwr_recover() starts the device again and resubmits these requests,
 * or returns them if options->replay is false.
 *
 * Return: VWR_OK: the device is frozen.
 * * VWR_EBUSY: in progress; call again.
 * * VWR_EFAILED: the device is stopped or did not acknowledge a reset.
 */
VWR_MUST_CHECK int vwr_freeze(struct vwr_bringup *v);

/**
 * vwr_bringup_explain() - Describe the fault of a device or its queues (for device classes)
 * @v: Bring-up.
 * @messages: Messages of the class.
 * @features: Names of the class's features, or NULL.
 * @text: Buffer for the message. The message is always terminated if @bytes > 0.
 * @bytes: Size of @text in bytes.
 *
 * The message describes the device's fault. If there is none, it describes the fault of the queue that
 * stopped the device, or of the first queue that has a fault.
 *
 * Return: Length of the whole message in bytes, without the terminator, even if @text is too short
 *   for it.
 */
size_t vwr_bringup_explain(const struct vwr_bringup *v, const struct vwr_messages *messages,
                           const struct vwr_name *features, char *text, size_t bytes);

VWR_END_C

#endif
