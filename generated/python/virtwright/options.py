# SPDX-License-Identifier: MIT
# Generated from runtime/options.yaml by ./vwr generate: do not edit.
"""Optional parts of a build of the runtime, and the presets of ./vwr embed."""

from typing import NamedTuple

class Option(NamedTuple):
    """An optional part of a build."""
    name: str
    brief: str
    sides: tuple
    macro: str = ""          # in vwr/profile.h, if it has one
    part: bool = True        # a part of ./vwr embed; False: set by its key mmio
    feature: str = ""        # reserved feature bit that it negotiates
    header: str = ""         # declares its calls, if no other part needs it; without calls: all of its functions
    calls: tuple = ()        # on the driver side
    device_calls: tuple = () # (device, call); "" means any device

class Device(NamedTuple):
    """Headers of the runtime for a device."""
    name: str
    driver: str = ""
    device: str = ""

class Preset(NamedTuple):
    """A named set of parts and calls."""
    name: str
    brief: str
    parts: tuple
    calls: tuple = ()        # that are in no part
    default_of: tuple = ()   # sides for which ./vwr embed uses it by default
    side: str = ""           # that ./vwr embed assumes with it
    interface: str = ""      # that ./vwr embed assumes with it

OPTIONS = (
    Option(name="packed", brief="packed rings as well as split rings, and notifications with the ring index",
           sides=("driver", "device"), macro="VWR_WITH_PACKED", feature="RING_PACKED"),
    Option(name="indirect", brief="indirect descriptors", sides=("driver", "device"), macro="VWR_WITH_INDIRECT",
           feature="INDIRECT_DESC"),
    Option(name="in_order", brief="devices that use buffers in order", sides=("driver", "device"),
           macro="VWR_WITH_IN_ORDER", feature="IN_ORDER"),
    Option(name="suspend", brief="suspend and resume by the driver", sides=("device",), macro="VWR_WITH_SUSPEND",
           feature="SUSPEND"),
    Option(name="changes",
           brief="changes at run time: capacity, write cache, size of a console or screen, link state, SCSI units, jacks",
           sides=("driver", "device"), calls=("vwr_blk_config_changed", "vwr_blk_set_write_cache"),
           device_calls=(("blk", "vwr_vblk_resize"), ("console", "vwr_vconsole_resize"), ("net", "vwr_vnet_set_link"), ("net", "vwr_vnet_announce"), ("scsi", "vwr_vscsi_add"), ("scsi", "vwr_vscsi_remove"), ("scsi", "vwr_vscsi_resize"), ("scsi", "vwr_vscsi_notify"), ("sound", "vwr_vsound_set_jack"), ("gpu", "vwr_vgpu_resize"))),
    Option(name="async",
           brief="several requests in flight, several queues, requests of several segments, events at a ring index",
           sides=("driver",), macro="VWR_WITH_ASYNC",
           calls=("vwr_blk_submit", "vwr_blk_kick", "vwr_blk_reap", "vwr_blk_arm", "vwr_blk_disarm", "vwr_blk_wait", "vwr_blk_do", "vwr_blk_service", "vwr_blk_transfer_vecs")),
    Option(name="ranges", brief="discard, write zeroes, secure erase, and the wear of the disk, with their features",
           sides=("driver", "device"), macro="VWR_WITH_RANGES", calls=("vwr_blk_do_ranges", "vwr_blk_get_lifetime")),
    Option(name="zoned", brief="disks with zones", sides=("driver", "device"), macro="VWR_WITH_ZONED",
           header="vwr/blk_zone.h", calls=("vwr_blk_report_zones", "vwr_blk_zone_do", "vwr_blk_zone_append"),
           device_calls=(("blk", "vwr_vblk_zones_format"), ("blk", "vwr_vblk_zone_fail"))),
    Option(name="recovery", brief="reset of a failed device, restoring its setup, resubmitting its requests",
           sides=("driver",), macro="VWR_WITH_RECOVERY", calls=("vwr_recover", "vwr_freeze", "vwr_get_stage")),
    Option(name="control",
           brief="settings of a network card by its control queue: modes, addresses, VLANs, pairs, offloads",
           sides=("driver",), header="vwr/net_control.h"),
    Option(name="cursor", brief="the cursor of a gpu", sides=("driver",),
           calls=("vwr_gpu_set_cursor", "vwr_gpu_move_cursor")),
    Option(name="parts", brief="a transfer in several requests", sides=("driver",), calls=("vwr_blk_submit_part",)),
    Option(name="cancel", brief="cancelling all requests of a queue, by its reset", sides=("driver",),
           calls=("vwr_blk_cancel",)),
    Option(name="open", brief="vwr_open: the driver of a device by its type", sides=("driver",), header="vwr/open.h"),
    Option(name="place", brief="placement of BARs and bridges without firmware", sides=("driver",),
           calls=("vwr_pci_place",)),
    Option(name="tree", brief="reading a device tree", sides=("driver",), header="vwr/tree.h"),
    Option(name="acpi", brief="reading ACPI's tables MCFG and MADT", sides=("driver",), header="vwr/acpi.h"),
    Option(name="find", brief="finding devices on both transports by device tree, ACPI and command line",
           sides=("driver",), header="vwr/find.h"),
    Option(name="selftest", brief="vwr_port_selftest, which tests a port before the first request", sides=("driver",),
           header="vwr/selftest.h", calls=("vwr_port_selftest",)),
    Option(name="memory", brief="a guest's disk, or folder, in memory", sides=("device",),
           device_calls=(("blk", "vwr_vblk_memory_init"), ("9p", "vwr_vfiles_memory_init"), ("9p", "vwr_vfiles_memory_add"), ("9p", "vwr_vfiles_memory_read"), ("fs", "vwr_vfiles_memory_init"), ("fs", "vwr_vfiles_memory_add"), ("fs", "vwr_vfiles_memory_read"))),
    Option(name="exclusive", brief="balloons and memory devices whose pages no other device of the VM can access",
           sides=("device",), macro="VWR_WITH_EXCLUSIVE",
           device_calls=(("balloon", "vwr_vm_uses"), ("mem", "vwr_vmem_init_with"))),
    Option(name="iommu", brief="devices behind an IOMMU; in a copy of embed with the device iommu", sides=("device",),
           macro="VWR_WITH_IOMMU", part=False),
    Option(name="switch", brief="a switch between guests' network cards", sides=("device",),
           device_calls=(("net", "vwr_vnet_switch_init"), ("net", "vwr_vnet_switch_ops"), ("net", "vwr_vnet_switch_connect"), ("net", "vwr_vnet_switch_disconnect"), ("net", "vwr_vnet_switch_add"), ("net", "vwr_vnet_switch_send"), ("net", "vwr_vnet_switch_flush"), ("net", "vwr_vnet_switch_ready"), ("net", "vwr_vnet_switch_forget"), ("net", "vwr_vnet_switch_tick"))),
    Option(name="draw", brief="copying a guest's picture into a framebuffer of another format", sides=("device",),
           device_calls=(("gpu", "vwr_vgpu_draw"),)),
    Option(name="later",
           brief="backends that answer later: disk, console, card, screen, folder, sockets, crypto device, I2C bus, CAN bus, SPI bus, SCMI platform",
           sides=("device",),
           device_calls=(("blk", "vwr_vblk_done"), ("blk", "vwr_vblk_signal"), ("blk", "vwr_vblk_done_locked"), ("blk", "vwr_vblk_signal_locked"), ("blk", "vwr_vblk_resume"), ("blk", "vwr_vblk_in_flight"), ("console", "vwr_vconsole_resume"), ("entropy", "vwr_ventropy_resume"), ("net", "vwr_vnet_resume"), ("net", "vwr_vnet_resume_locked"), ("gpu", "vwr_vgpu_done"), ("9p", "vwr_vfiles_answer"), ("9p", "vwr_vfiles_ticket"), ("fs", "vwr_vfiles_answer"), ("fs", "vwr_vfiles_ticket"), ("vsock", "vwr_vvsock_answer"), ("crypto", "vwr_vcrypto_done"), ("crypto", "vwr_vcrypto_ticket"), ("i2c", "vwr_vi2c_done"), ("i2c", "vwr_vi2c_ticket"), ("can", "vwr_vcan_done"), ("can", "vwr_vcan_resume"), ("spi", "vwr_vspi_done"), ("spi", "vwr_vspi_ticket"), ("scmi", "vwr_vscmi_done"), ("scmi", "vwr_vscmi_ticket"))),
    Option(name="ports", brief="console ports that are added and removed at run time", sides=("driver", "device"),
           calls=("vwr_console_poll", "vwr_console_open_port"),
           device_calls=(("console", "vwr_vconsole_plug"), ("console", "vwr_vconsole_open_port"))),
    Option(name="classes", brief="the calls for a device class of your own", sides=("device",), header="vwr/vstream.h",
           device_calls=(("", "vwr_vdev_init"), ("", "vwr_vdev_break"), ("", "vwr_vdev_config_changed"), ("", "vwr_vdev_interrupt"), ("", "vwr_vdev_serve_locked"), ("", "vwr_vdev_pop"), ("", "vwr_vdev_write"), ("", "vwr_vstream_take"), ("", "vwr_vstream_fill"), ("", "vwr_vqueue_pop_avail"), ("", "vwr_vqueue_add_used"), ("", "vwr_vqueue_unpop"), ("", "vwr_vdev_signal"), ("", "vwr_reader_read"), ("", "vwr_writer_write"), ("", "vwr_vdev_charge"), ("", "vwr_vdev_room"), ("", "vwr_vdev_use"), ("", "vwr_vdev_charge_extra"), ("", "vwr_vdev_check_queue"), ("", "vwr_vdev_lock"), ("", "vwr_vdev_unlock"))),
    Option(name="vpci", brief="devices as PCI functions: a host bridge, MSI-X, INTx", sides=("device",),
           header="vwr/vpci.h",
           device_calls=(("", "vwr_vpci_init"), ("", "vwr_vpci_reset"), ("", "vwr_vpci_add"), ("", "vwr_vpci_remove"), ("", "vwr_vpci_add_bridge"), ("", "vwr_vpci_line"), ("", "vwr_vpci_access"), ("", "vwr_vpci_space_access"), ("", "vwr_vpci_bar_access"))),
    Option(name="bell", brief="modern devices with registers in shared memory, without traps", sides=("driver",),
           header="vwr/bell.h", calls=("vwr_bell_probe",)),
    Option(name="vbell", brief="registers in shared memory, for a driver whose accesses do not trap", sides=("device",),
           header="vwr/vbell.h", device_calls=(("", "vwr_vbell_init"), ("", "vwr_vbell_rung"), ("", "vwr_vbell_poll"))),
    Option(name="ccw", brief="devices on subchannels of s390: channel I/O", sides=("driver",), header="vwr/ccw.h",
           calls=("vwr_ccw_probe", "vwr_ccw_scan_next", "vwr_ccw_explain")),
    Option(name="rproc", brief="legacy devices that another processor has, in its resource table (remoteproc)",
           sides=("driver",), header="vwr/rproc.h",
           calls=("vwr_rproc_probe", "vwr_rproc_notified", "vwr_rsc_read", "vwr_rsc_find", "vwr_rsc_vring")),
    Option(name="vrproc", brief="legacy devices for a driver on another processor, in a resource table (remoteproc)",
           sides=("device",), header="vwr/vrproc.h",
           device_calls=(("", "vwr_vrproc_init"), ("", "vwr_vrproc_describe"), ("", "vwr_vrproc_poll"), ("", "vwr_vrproc_notified"), ("", "vwr_rsc_read"), ("", "vwr_rsc_build"), ("", "vwr_rsc_bytes"))),
    Option(name="state", brief="saving devices and loading them elsewhere: one constant of each class",
           sides=("device",), header="vwr/vstate.h",
           device_calls=(("", "vwr_vm_save"), ("", "vwr_vm_load"), ("", "vwr_vm_restart"), ("", "vwr_vdev_save"), ("", "vwr_vdev_load"), ("", "vwr_vdev_restart"), ("", "vwr_vstate_explain"), ("", "vwr_vpci_state"), ("balloon", "vwr_vballoon_state"), ("blk", "vwr_vblk_state"), ("console", "vwr_vconsole_state"), ("crypto", "vwr_vcrypto_state"), ("entropy", "vwr_ventropy_state"), ("fs", "vwr_vfs_state"), ("gpio", "vwr_vgpio_state"), ("gpu", "vwr_vgpu_state"), ("i2c", "vwr_vi2c_state"), ("input", "vwr_vinput_state"), ("mem", "vwr_vmem_state"), ("net", "vwr_vnet_state"), ("pmem", "vwr_vpmem_state"), ("scsi", "vwr_vscsi_state"), ("sound", "vwr_vsound_state"), ("9p", "vwr_v9p_state"), ("rtc", "vwr_vrtc_state"), ("can", "vwr_vcan_state"), ("spi", "vwr_vspi_state"), ("scmi", "vwr_vscmi_state"), ("iommu", "vwr_viommu_state"), ("vsock", "vwr_vvsock_state"))),
    Option(name="speed",
           brief="requests that are described once, and inline request paths: faster and more code, at -O1 and above",
           sides=("driver", "device"), macro="VWR_WITH_SPEED"),
    Option(name="stats", brief="counters", sides=("driver", "device"), macro="VWR_WITH_STATS"),
    Option(name="texts", brief="errors, states and features as strings (vwr_strerror and similar calls)",
           sides=("driver", "device"), macro="VWR_WITH_TEXTS",
           calls=("vwr_strerror", "vwr_dev_explain", "vwr_pci_explain", "vwr_pci_host_explain", "vwr_blk_explain", "vwr_blk_explain_queue", "vwr_console_explain", "vwr_input_explain", "vwr_net_explain", "vwr_entropy_explain", "vwr_gpu_explain", "vwr_balloon_explain", "vwr_9p_explain", "vwr_fs_explain", "vwr_scsi_explain", "vwr_scsi_explain_queue", "vwr_vsock_explain", "vwr_crypto_explain", "vwr_crypto_explain_queue", "vwr_i2c_explain", "vwr_sound_explain", "vwr_gpio_explain", "vwr_iommu_explain", "vwr_rtc_explain", "vwr_pmem_explain", "vwr_can_explain", "vwr_spi_explain", "vwr_scmi_explain"),
           device_calls=(("", "vwr_strerror"), ("", "vwr_vdev_explain"), ("", "vwr_vdev_print"), ("", "vwr_vm_list"))),
    Option(name="trace", brief="the last events, for ./vwr explain; needs a hook of the port", sides=("driver",),
           calls=("vwr_trace_line",)),
    Option(name="legacy", brief="legacy devices as well as modern ones; without it queues take less memory",
           sides=("driver", "device"), macro="VWR_WITH_LEGACY", part=False),
    Option(name="monitor", brief="an observer that names each broken rule of the specification by its clause",
           sides=("device",), header="vwr/monitor.h",
           device_calls=(("", "vwr_monitor_init"), ("", "vwr_monitor_access"), ("", "vwr_monitor_look"), ("", "vwr_monitor_interrupt"), ("", "vwr_monitor_idle"), ("", "vwr_monitor_explain"))),
)
PRESETS = (
    Preset(name="least", brief="only blocking reads", parts=()),
    Preset(name="kernel",
           brief="the calls of a kernel's driver: interrupts, several requests in flight, recovery; split rings",
           parts=("indirect", "async", "recovery", "control", "place"),
           calls=("vwr_blk_write", "vwr_blk_flush", "vwr_dev_irq", "vwr_pci_ecam", "vwr_pci_scan_next", "vwr_pci_use_msix"),
           default_of=("driver",)),
    Preset(name="bringup",
           brief="kernel, and what shows the mistakes of a new port: messages, the test of the port, the trace",
           parts=("indirect", "async", "recovery", "control", "place", "selftest", "texts", "trace"),
           calls=("vwr_blk_write", "vwr_blk_flush", "vwr_dev_irq", "vwr_pci_ecam", "vwr_pci_scan_next", "vwr_pci_use_msix")),
    Preset(name="emulator",
           brief="the devices of an emulator's or a small hypervisor's guests: split rings; a disk or folder in memory",
           parts=("memory",), calls=("vwr_vconsole_resume", "vwr_vnet_resume"), default_of=("device",), side="device",
           interface="modern"),
    Preset(name="everything",
           brief="all but the trace, the monitor, the readers of trees and tables, PCI for guests, channel I/O, resource tables, bells, and states",
           parts=("packed", "indirect", "in_order", "suspend", "changes", "async", "ranges", "zoned", "recovery", "control", "cursor", "parts", "cancel", "open", "place", "selftest", "memory", "exclusive", "switch", "draw", "later", "ports", "classes", "speed", "stats", "texts"),
           calls=("vwr_blk_write", "vwr_blk_flush", "vwr_blk_get_id", "vwr_dev_irq", "vwr_dev_suspend", "vwr_dev_resume", "vwr_mmio_scan_next", "vwr_pci_ecam", "vwr_pci_ports", "vwr_pci_scan_next", "vwr_pci_use_msix"),
           default_of=("both",)),
)
DEVICES = (
    Device(name="blk", driver="vwr/blk.h", device="vwr/vblk.h"),
    Device(name="console", driver="vwr/console.h", device="vwr/vconsole.h"),
    Device(name="input", driver="vwr/input.h", device="vwr/vinput.h"),
    Device(name="net", driver="vwr/net.h", device="vwr/vnet.h"),
    Device(name="entropy", driver="vwr/entropy.h", device="vwr/ventropy.h"),
    Device(name="gpu", driver="vwr/gpu.h", device="vwr/vgpu.h"),
    Device(name="balloon", driver="vwr/balloon.h", device="vwr/vballoon.h"),
    Device(name="9p", driver="vwr/9p.h", device="vwr/v9p.h"),
    Device(name="fs", driver="vwr/fs.h", device="vwr/vfs.h"),
    Device(name="scsi", driver="vwr/scsi.h", device="vwr/vscsi.h"),
    Device(name="vsock", driver="vwr/vsock.h", device="vwr/vvsock.h"),
    Device(name="crypto", driver="vwr/crypto.h", device="vwr/vcrypto.h"),
    Device(name="i2c", driver="vwr/i2c.h", device="vwr/vi2c.h"),
    Device(name="gpio", driver="vwr/gpio.h", device="vwr/vgpio.h"),
    Device(name="pmem", driver="vwr/pmem.h", device="vwr/vpmem.h"),
    Device(name="iommu", driver="vwr/iommu.h", device="vwr/viommu.h"),
    Device(name="can", driver="vwr/can.h", device="vwr/vcan.h"),
    Device(name="spi", driver="vwr/spi.h", device="vwr/vspi.h"),
    Device(name="scmi", driver="vwr/scmi.h", device="vwr/vscmi.h"),
    Device(name="rtc", driver="vwr/rtc.h", device="vwr/vrtc.h"),
    Device(name="mem", driver="vwr/mem.h", device="vwr/vmem.h"),
    Device(name="sound", driver="vwr/sound.h", device="vwr/vsound.h"),
)
