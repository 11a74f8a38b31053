/* SPDX-License-Identifier: MIT */
#ifndef VWR_VSTATE_H
#define VWR_VSTATE_H

#include "vwr/record.h"
#include "vwr/vdev.h"
#include "vwr/gen/admin.h"
#include "vwr/gen/state.h"

VWR_BEGIN_C

/**
 * DOC: Save and restore
 *
 * vwr_vm_save() writes the state of all devices of a VM to memory. vwr_vm_load() reads it into devices that
 * were initialised in the same way, in the same process or another one. The VMM must save the guest's memory
 * and CPUs after the devices, and restore the memory before the devices. docs/state.md describes the steps.
 *
 * A state is a sequence of VIRTIO 1.4 device parts, and of Virtwright's own parts in a range that VIRTIO does
 * not use (spec/core/state.yaml). All numbers are little-endian. The state contains no host addresses, so the
 * guest's memory may be at a different address after the load.
 *
 * A state is untrusted input. It is accepted or refused as a whole. Load a state only into devices that have
 * not been used since their init or reset. If the state is refused, all devices are reset again; the VMM's
 * settings in a device, such as a balloon's target or the link state, may then have the values from the
 * state. Until the whole state is accepted, no hook of vm->ops is called and no guest memory is written.
 * After that, each device serves its queues and interrupts its driver once.
 *
 * Stop the guest's CPUs, and the threads that call functions of the devices, during a save or a load. A save
 * is possible at any moment between two calls. The save does not wait for buffers that a back end holds: the
 * back end gives them back, and they are executed again after the load. If the saved devices stay in use, the
 * VMM calls vwr_vm_restart(), and the devices execute these buffers again. The page of each class describes
 * what is saved.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: Device parts.
 */

/*
 * Maximum size in bytes of the state of a device, a queue, a buffer in flight and a segment. In addition, a
 * network card saves its filter addresses and VLANs, a console its ports, a crypto device its sessions with
 * keys, an input device its events, a SCSI host its units, a sound card its streams, a file system its files,
 * a GPU its screens and resources, and a balloon its bitmap.
 */
#define VWR_VSTATE_DEVICE_BYTES 256u
#define VWR_VSTATE_QUEUE_BYTES 96u
#define VWR_VSTATE_FLIGHT_BYTES 16u
#define VWR_VSTATE_SEGMENT_BYTES 16u

/* Additional size in bytes for a PCI function, and for each of its MSI-X vectors. */
#define VWR_VSTATE_PCI_BYTES 64u
#define VWR_VSTATE_VECTOR_BYTES 16u

/**
 * enum vwr_vstate_fault - Reasons why a state was not saved or not loaded
 *
 * The comments describe the members `a` and `b` of struct vwr_vstate.
 */
enum vwr_vstate_fault {
    VWR_VSTATE_OK = 0,
    VWR_VSTATE_ROOM,      /* save: the memory is too small; a: needed bytes */
    VWR_VSTATE_UNKNOWN,   /* the table of classes does not contain the device's class; a: device ID */
    VWR_VSTATE_BUS,       /* the device is on PCI, and `bus` is NULL */
    VWR_VSTATE_UNSAFE,    /* save: hardware may still access buffers of the device, or keys are missing */
    VWR_VSTATE_HELD,      /* save: the class cannot give back its buffers; a: their number */
    VWR_VSTATE_USED,      /* load: the device was used since its reset; a: its status */
    VWR_VSTATE_PART,      /* another part was expected; a: its type; b: the type that was found */
    VWR_VSTATE_LENGTH,    /* a part has the wrong length; a: length; b: bytes that were found */
    VWR_VSTATE_BEHIND,    /* bytes follow the last part; a: their number */
    VWR_VSTATE_VERSION,   /* a: version */
    VWR_VSTATE_CLASS,     /* the state is of a device of another class; a: device ID */
    VWR_VSTATE_QUEUES,    /* the state is of a device with a different number of queues; a: number */
    VWR_VSTATE_INTERFACE, /* the state is of a device with the other interface, legacy or modern */
    VWR_VSTATE_OFFERED,   /* the state is of a device that offers other features; a: bit */
    VWR_VSTATE_STATUS,    /* no driver can bring the device to this status; a: status */
    VWR_VSTATE_MEMORY,    /* a queue is invalid or outside of guest memory; a: address; b: size */
    VWR_VSTATE_INDEX,     /* impossible position in a queue; a: next available; b: next used */
    VWR_VSTATE_FLIGHT,    /* impossible buffer; a: its ID */
    VWR_VSTATE_FIELD      /* value that is invalid for the class or the transport */
};

struct vwr_vstate;

/**
 * struct vwr_vstate_span - Bytes of a configuration
 * @offset: First byte.
 * @bytes: Number of bytes.
 */
struct vwr_vstate_span {
    uint16_t offset;
    uint16_t bytes;
};

#define VWR_VSTATE_RECORD_BYTES 64u /* maximum size of a record */

/**
 * struct vwr_vstate_class - How the devices of a class are saved; a constant of the class
 * @id: DeviceID.
 * @span: Parts of the configuration that change while the device runs.
 * @spans: Number of entries in @span.
 * @give_back: Called before a save: take all buffers back from the back end. false: hardware still holds
 *   some, or the class cannot be saved now. NULL: the class holds no buffers.
 * @next: Find the next buffer from a queue that the device holds, starting at number *@at; 0 is the first.
 *   The function stores the number of the buffer plus 1 in *@at. Returns NULL after the last one. Must be
 *   NULL if @give_back is NULL.
 * @add: Get a free request for a buffer that is loaded. Returns NULL if there is none. Must be NULL if
 *   @give_back is NULL.
 * @head: Record of members of the device, which are saved first. NULL: none.
 * @row: Record of members of each row in a table of the device, which are saved next. NULL: none.
 * @find: Get row @i of that table. Returns NULL after the last one. Must be NULL if @row is NULL.
 * @save: Write the remaining state with vwr_vstate_put(). May be NULL.
 * @load: Read the remaining state, from @bytes bytes. Returns false if it is invalid. NULL: there is no
 *   remaining state.
 * @accept: Called when the state of the class is loaded, to test whether a driver and the VMM can bring a
 *   device into this state. NULL: always true.
 * @loaded: Called when all devices are loaded, before @start, to inform the VMM and the driver. Not called
 *   for a device that was saved and stays in use. May be NULL.
 * @start: Called when all devices are loaded, to restart the device. May be NULL.
 *
 * All functions are called with the device's lock held.
 */
struct vwr_vstate_class {
    uint32_t id;
    const struct vwr_vstate_span *span;
    unsigned spans;
    bool (*give_back)(struct vwr_vdev *v);
    struct vwr_vchain *(*next)(struct vwr_vdev *v, uint16_t queue, unsigned *at);
    struct vwr_vchain *(*add)(struct vwr_vdev *v, uint16_t queue);
    const struct vwr_record *head;
    const struct vwr_record *row;
    void *(*find)(struct vwr_vdev *v, unsigned i);
    void (*save)(const struct vwr_vdev *v, struct vwr_vstate *s);
    bool (*load)(struct vwr_vdev *v, const uint8_t *from, uint32_t bytes);
    bool (*accept)(struct vwr_vdev *v);
    void (*loaded)(struct vwr_vdev *v);
    void (*start)(struct vwr_vdev *v);
};

/**
 * struct vwr_vstate_bus - How a transport other than MMIO is saved; a constant of the transport
 * @save: Write the state of the transport with vwr_vstate_put().
 * @load: Read the state of the transport, from @bytes bytes, into a device that was reset. Returns false if
 *   it is invalid. The function must not interrupt the driver.
 * @has_vector: Whether the transport has an interrupt vector.
 * @undo: Reset the device and the transport. Takes the device's lock.
 * @start: Called when all devices are loaded, to raise every interrupt that the driver may have missed.
 *
 * All functions except @undo are called with the device's lock held.
 */
struct vwr_vstate_bus {
    void (*save)(const struct vwr_vdev *v, struct vwr_vstate *s);
    bool (*load)(struct vwr_vdev *v, const uint8_t *from, uint32_t bytes);
    bool (*has_vector)(const struct vwr_vdev *v, uint16_t vector);
    void (*undo)(struct vwr_vdev *v);
    void (*start)(struct vwr_vdev *v);
};

/* PCI (vwr/vpci.h). If a program does not refer to it, it is not linked. */
extern const struct vwr_vstate_bus vwr_vpci_state;

/* The classes. */
extern const struct vwr_vstate_class vwr_vballoon_state;
extern const struct vwr_vstate_class vwr_vblk_state;
extern const struct vwr_vstate_class vwr_vconsole_state;
extern const struct vwr_vstate_class vwr_vcrypto_state;
extern const struct vwr_vstate_class vwr_ventropy_state;
extern const struct vwr_vstate_class vwr_vfs_state;
extern const struct vwr_vstate_class vwr_vgpio_state;
extern const struct vwr_vstate_class vwr_vgpu_state;
extern const struct vwr_vstate_class vwr_vi2c_state;
extern const struct vwr_vstate_class vwr_vinput_state;
extern const struct vwr_vstate_class vwr_vmem_state;
extern const struct vwr_vstate_class vwr_vnet_state;
extern const struct vwr_vstate_class vwr_vpmem_state;
extern const struct vwr_vstate_class vwr_vscsi_state;
extern const struct vwr_vstate_class vwr_vsound_state;
extern const struct vwr_vstate_class vwr_v9p_state;
extern const struct vwr_vstate_class vwr_vrtc_state;
extern const struct vwr_vstate_class vwr_vcan_state;
extern const struct vwr_vstate_class vwr_vscmi_state;
extern const struct vwr_vstate_class vwr_vspi_state;
extern const struct vwr_vstate_class vwr_viommu_state;
extern const struct vwr_vstate_class vwr_vvsock_state;

/**
 * struct vwr_vstate - Memory that contains a state
 * @memory: Memory of the caller, of any alignment.
 * @bytes: Size in bytes of the memory for a save, or of the state for a load.
 * @kind: Table of classes.
 * @kinds: Number of entries in @kind.
 * @bus: Transport of the devices that are not on MMIO: &vwr_vpci_state; NULL: there are none.
 * @done: Number of bytes written or read. If a save failed with VWR_ENOMEM, number of bytes needed.
 * @fault: Reason of the last failure.
 * @slot: Slot of the device in which the failure occurred.
 * @queue: Queue in which the failure occurred.
 * @a: Depends on @fault.
 * @b: Depends on @fault.
 */
struct vwr_vstate {
    uint8_t *memory;
    size_t bytes;
    const struct vwr_vstate_class *const *kind;
    unsigned kinds;
    const struct vwr_vstate_bus *bus;
    size_t done;
    enum vwr_vstate_fault fault;
    uint32_t slot;
    uint16_t queue;
    uint64_t a;
    uint64_t b;
};

/**
 * vwr_vm_save() - Save all devices of a VM
 * @vm: VM.
 * @s: Memory. @s->done is set to the size of the state.
 *
 * The call saves the devices in the VM's slots. Use vwr_vdev_save() to save a PCI function, which has no
 * slot.
 *
 * Context: Any thread that does not hold a device's lock, which it takes. Does not wait, except for
 *   the VM's lock. Not from an interrupt handler.
 * Return: VWR_OK.
 * * VWR_ENOMEM: the memory is too small.
 * * VWR_EUNSUPP: the table does not contain a device's class, or a device is on PCI and @s->bus is NULL.
 * * VWR_EINFLIGHT: hardware holds buffers of a device and does not give them back, or a crypto device does
 *   not keep the keys of its sessions.
 */
VWR_MUST_CHECK int vwr_vm_save(struct vwr_vm *vm, struct vwr_vstate *s);

/**
 * vwr_vm_load() - Load all devices of a VM, and restart them
 * @vm: VM with the same devices in the same slots as the saved one. None of the devices was used since its
 *   init or reset, and the guest's memory has the same contents as during the save.
 * @s: State.
 *
 * Context: Any thread that does not hold a device's lock, which it takes. Does not wait, except for
 *   the VM's lock. Not from an interrupt handler.
 * Return: VWR_OK. After an error, nothing is loaded, and vwr_vstate_explain() describes the reason.
 * * VWR_EVERSION: the state has a different version.
 * * VWR_ETYPE: the state belongs to other devices, or to devices that offer other features.
 * * VWR_EPROTO: the state is invalid.
 * * VWR_EUNSUPP: the table does not contain a device's class, or a device is on PCI and @s->bus is NULL.
 * * VWR_EBUSY: a device was already used; it is unchanged.
 */
VWR_MUST_CHECK int vwr_vm_load(struct vwr_vm *vm, struct vwr_vstate *s);

/**
 * vwr_vm_restart() - Restart the devices of a VM that was saved and stays in use
 * @vm: VM.
 * @s: Table of classes.
 *
 * Context: Any thread that does not hold a device's lock, which it takes. Does not wait, except for
 *   the VM's lock. Not from an interrupt handler.
 */
void vwr_vm_restart(struct vwr_vm *vm, const struct vwr_vstate *s);

/**
 * vwr_vdev_save() - Append the state of a device to @s
 * @v: Device.
 * @slot: Number that identifies the device in the state.
 * @s: Memory; @s->done is 0 for the first device.
 *
 * Context: Any thread that does not hold the device's lock, which it takes. Does not wait, except
 *   for the VM's lock. Not from an interrupt handler.
 * Return: The same as vwr_vm_save().
 */
VWR_MUST_CHECK int vwr_vdev_save(struct vwr_vdev *v, uint32_t slot, struct vwr_vstate *s);

/**
 * vwr_vdev_load() - Load a device from the state, starting at @s->done; vwr_vdev_restart() then restarts it
 * @v: Device.
 * @slot: Number that identifies the device in the state.
 * @s: State; @s->done is 0 for the first device.
 *
 * Context: Any thread that does not hold the device's lock, which it takes. Does not wait, except
 *   for the VM's lock. Not from an interrupt handler.
 * Return: The same as vwr_vm_load(). After an error the device is reset, except after VWR_EBUSY.
 */
VWR_MUST_CHECK int vwr_vdev_load(struct vwr_vdev *v, uint32_t slot, struct vwr_vstate *s);

/**
 * vwr_vdev_restart() - Restart a device that was loaded, or that was saved and stays in use
 * @v: Device. It interrupts its driver once, and serves each enabled queue as if it had been notified.
 * @s: Table of classes.
 *
 * Context: Any thread that does not hold the device's lock, which it takes. Does not wait, except
 *   for the VM's lock. Not from an interrupt handler.
 */
void vwr_vdev_restart(struct vwr_vdev *v, const struct vwr_vstate *s);

/**
 * vwr_vstate_explain() - Print why a state was not saved or not loaded
 * @s: State.
 * @text: Buffer for the message. The message is always terminated if @bytes > 0.
 * @bytes: Size of @text in bytes.
 *
 * Return: Length of the whole message in bytes, without the terminator, even if @text is too short
 *   for it.
 */
size_t vwr_vstate_explain(const struct vwr_vstate *s, char *text, size_t bytes);

/**
 * vwr_vstate_put() - Append bytes to a state (for classes)
 * @s: State.
 * @from: Bytes.
 * @bytes: Number of bytes.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_vstate_put(struct vwr_vstate *s, const void *from, size_t bytes);

/**
 * vwr_vstate_put_record() - Append a record to a state (for classes)
 * @s: State.
 * @r: Record.
 * @own: Structure that contains the members.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_vstate_put_record(struct vwr_vstate *s, const struct vwr_record *r, const void *own);

/**
 * vwr_vstate_get_record() - Load a record from a state into a structure (for classes)
 * @r: Record.
 * @own: Structure; its other members are not changed.
 * @from: @r->bytes bytes of the state.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: true if saving the structure would result in the same bytes, that is, if the numbers fit the
 *   members and all reserved and unknown bits are 0.
 */
VWR_MUST_CHECK bool vwr_vstate_get_record(const struct vwr_record *r, void *own, const uint8_t *from);

/**
 * vwr_vstate_get_each() - Load records of different lengths (for classes)
 * @v: Device.
 * @from: Records.
 * @bytes: Number of bytes.
 * @count: Number of records.
 * @load_one: Load a record of at most @left bytes. Returns its length; 0: refused.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: true if all records were loaded and no bytes are left.
 */
VWR_MUST_CHECK bool
vwr_vstate_get_each(struct vwr_vdev *v, const uint8_t *from, uint32_t bytes, uint32_t count,
                    uint32_t (*load_one)(struct vwr_vdev *v, const uint8_t *from, uint32_t left));

VWR_END_C

#endif
