# SPDX-License-Identifier: MIT
# Generated from spec/device/iommu.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; IOMMU device. An IOMMU that the driver gives mappings for endpoints."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group("features", "features", "IOMMU device / Feature bits", (
        Value("INPUT_RANGE", 0, "VWR_IOMMU_F_INPUT_RANGE", "VIRTIO_IOMMU_F_INPUT_RANGE", since="1.2",
              brief="input_range limits virtual addresses.", accept="should"),
        Value("DOMAIN_RANGE", 1, "VWR_IOMMU_F_DOMAIN_RANGE", "VIRTIO_IOMMU_F_DOMAIN_RANGE", since="1.2",
              brief="domain_range limits the numbers of domains.", accept="should"),
        Value("MAP_UNMAP", 2, "VWR_IOMMU_F_MAP_UNMAP", "VIRTIO_IOMMU_F_MAP_UNMAP", since="1.2",
              brief="Device has map and unmap requests.", offer="should"),
        Value("BYPASS", 3, "VWR_IOMMU_F_BYPASS", "VIRTIO_IOMMU_F_BYPASS", since="1.2",
              brief="Endpoints without a domain are not translated.", offer="should-not"),
        Value("PROBE", 4, "VWR_IOMMU_F_PROBE", "VIRTIO_IOMMU_F_PROBE", since="1.2", brief="Device has a probe request.",
              accept="should"),
        Value("MMIO", 5, "VWR_IOMMU_F_MMIO", "VIRTIO_IOMMU_F_MMIO", since="1.2",
              brief="A mapping can be of device registers."),
        Value("BYPASS_CONFIG", 6, "VWR_IOMMU_F_BYPASS_CONFIG", "VIRTIO_IOMMU_F_BYPASS_CONFIG", since="1.2",
              brief="Bypass is chosen by configuration and by domain; better than BYPASS."),
    )),
    Group("queues", "queues", "IOMMU device", (
        Value("requestq", 0, "VWR_IOMMU_QUEUE_REQUESTQ", "", since="1.2", brief="Requests."),
        Value("eventq", 1, "VWR_IOMMU_QUEUE_EVENTQ", "", since="1.2",
              brief="Faults; each buffer becomes a struct fault."),
    )),
    Group("status", "enums", "IOMMU device / Device operations", (
        Value("OK", 0, "VWR_IOMMU_S_OK", "VIRTIO_IOMMU_S_OK", since="1.2", brief="It went well."),
        Value("IOERR", 1, "VWR_IOMMU_S_IOERR", "VIRTIO_IOMMU_S_IOERR", since="1.2",
              brief="Error between driver and device."),
        Value("UNSUPP", 2, "VWR_IOMMU_S_UNSUPP", "VIRTIO_IOMMU_S_UNSUPP", since="1.2", brief="Device does not do that."),
        Value("DEVERR", 3, "VWR_IOMMU_S_DEVERR", "VIRTIO_IOMMU_S_DEVERR", since="1.2", brief="Error within the device."),
        Value("INVAL", 4, "VWR_IOMMU_S_INVAL", "VIRTIO_IOMMU_S_INVAL", since="1.2", brief="A parameter is wrong."),
        Value("RANGE", 5, "VWR_IOMMU_S_RANGE", "VIRTIO_IOMMU_S_RANGE", since="1.2",
              brief="A parameter is out of range."),
        Value("NOENT", 6, "VWR_IOMMU_S_NOENT", "VIRTIO_IOMMU_S_NOENT", since="1.2", brief="No such thing."),
        Value("FAULT", 7, "VWR_IOMMU_S_FAULT", "VIRTIO_IOMMU_S_FAULT", since="1.2", brief="Bad address."),
        Value("NOMEM", 8, "VWR_IOMMU_S_NOMEM", "VIRTIO_IOMMU_S_NOMEM", since="1.2",
              brief="Device is short of resources."),
    )),
    Group("resv-mem-subtype", "enums", "IOMMU device / Device operations / PROBE properties / Property RESV_MEM", (
        Value("RESERVED", 0, "VWR_IOMMU_RESV_MEM_T_RESERVED", "VIRTIO_IOMMU_RESV_MEM_T_RESERVED", since="1.2",
              brief="Nothing can be mapped there."),
        Value("MSI", 1, "VWR_IOMMU_RESV_MEM_T_MSI", "VIRTIO_IOMMU_RESV_MEM_T_MSI", since="1.2",
              brief="Doorbell of message signaled interrupts; nothing can be mapped there."),
    )),
    Group("fault-reason", "enums", "IOMMU device / Device operations / Fault reporting", (
        Value("UNKNOWN", 0, "VWR_IOMMU_FAULT_R_UNKNOWN", "VIRTIO_IOMMU_FAULT_R_UNKNOWN", since="1.2",
              brief="None of the others."),
        Value("DOMAIN", 1, "VWR_IOMMU_FAULT_R_DOMAIN", "VIRTIO_IOMMU_FAULT_R_DOMAIN", since="1.2",
              brief="The endpoint has no domain."),
        Value("MAPPING", 2, "VWR_IOMMU_FAULT_R_MAPPING", "VIRTIO_IOMMU_FAULT_R_MAPPING", since="1.2",
              brief="The address is not mapped or not for such access."),
    )),
    Group("property-type", "enums", "IOMMU device / Device operations / PROBE properties", (
        Value("RESV_MEM", 1, "VWR_IOMMU_PROBE_T_RESV_MEM", "VIRTIO_IOMMU_PROBE_T_RESV_MEM", since="1.2",
              gate=("PROBE",), brief="A range that cannot be mapped."),
    )),
    Group("attach-flags", "flags", "IOMMU device / Device operations / ATTACH request", (
        Value("BYPASS", 0x1, "VWR_IOMMU_ATTACH_F_BYPASS", "VIRTIO_IOMMU_ATTACH_F_BYPASS", since="1.2",
              gate=("BYPASS_CONFIG",), brief="Endpoints of the domain are not translated."),
    )),
    Group("map-flags", "flags", "IOMMU device / Device operations / MAP request", (
        Value("READ", 0x1, "VWR_IOMMU_MAP_F_READ", "VIRTIO_IOMMU_MAP_F_READ", since="1.2", brief="Endpoints may read."),
        Value("WRITE", 0x2, "VWR_IOMMU_MAP_F_WRITE", "VIRTIO_IOMMU_MAP_F_WRITE", since="1.2",
              brief="Endpoints may write."),
        Value("MMIO", 0x4, "VWR_IOMMU_MAP_F_MMIO", "VIRTIO_IOMMU_MAP_F_MMIO", since="1.2", gate=("MMIO",),
              brief="The memory is device registers."),
    )),
    Group("fault-flags", "flags", "IOMMU device / Device operations / Fault reporting", (
        Value("READ", 0x1, "VWR_IOMMU_FAULT_F_READ", "VIRTIO_IOMMU_FAULT_F_READ", since="1.2", brief="It was a read."),
        Value("WRITE", 0x2, "VWR_IOMMU_FAULT_F_WRITE", "VIRTIO_IOMMU_FAULT_F_WRITE", since="1.2",
              brief="It was a write."),
        Value("ADDRESS", 0x100, "VWR_IOMMU_FAULT_F_ADDRESS", "VIRTIO_IOMMU_FAULT_F_ADDRESS", since="1.2",
              brief="address is valid."),
    )),
    Group("request-type", "messages", "IOMMU device / Device operations", (
        Value("ATTACH", 1, "VWR_IOMMU_T_ATTACH", "VIRTIO_IOMMU_T_ATTACH", since="1.2",
              brief="Put an endpoint into a domain.", out=("req_attach",), sender="driver"),
        Value("DETACH", 2, "VWR_IOMMU_T_DETACH", "VIRTIO_IOMMU_T_DETACH", since="1.2",
              brief="Take an endpoint out of its domain.", out=("req_detach",), sender="driver"),
        Value("MAP", 3, "VWR_IOMMU_T_MAP", "VIRTIO_IOMMU_T_MAP", since="1.2", gate=("MAP_UNMAP",),
              brief="Map a range of a domain.", out=("req_map",), sender="driver"),
        Value("UNMAP", 4, "VWR_IOMMU_T_UNMAP", "VIRTIO_IOMMU_T_UNMAP", since="1.2", gate=("MAP_UNMAP",),
              brief="Remove the mappings of a range.", out=("req_unmap",), sender="driver"),
        Value("PROBE", 5, "VWR_IOMMU_T_PROBE", "VIRTIO_IOMMU_T_PROBE", since="1.2", gate=("PROBE",),
              brief="Ask for the properties of an endpoint.", out=("req_probe",), back=("req_probe",), sender="driver"),
    ), queue="requestq"),
)

_STRUCTS = (
    Struct("range_64", "virtio_iommu_range_64", "vwr_iommu_range_64", 16, True, False, "1.2", "",
           "IOMMU device / Device configuration layout", (
        Field("start", 0, "le64", size=8, since="1.2", brief="First."),
        Field("end", 8, "le64", size=8, since="1.2", brief="Last."),
    ), brief="A range of addresses."),
    Struct("range_32", "virtio_iommu_range_32", "vwr_iommu_range_32", 8, True, False, "1.2", "",
           "IOMMU device / Device configuration layout", (
        Field("start", 0, "le32", size=4, since="1.2", brief="First."),
        Field("end", 4, "le32", size=4, since="1.2", brief="Last."),
    ), brief="A range of numbers."),
    Struct("req_head", "virtio_iommu_req_head", "vwr_iommu_req_head", 4, True, False, "1.2", "",
           "IOMMU device / Device operations", (
        Field("type", 0, "u8", size=1, values="request-type", since="1.2", brief="What to do."),
        Field("reserved", 1, "u8", count=3, array=True, size=3, reserved=True, since="1.2"),
    ), brief="How a request begins."),
    Struct("req_tail", "virtio_iommu_req_tail", "vwr_iommu_req_tail", 4, True, False, "1.2", "",
           "IOMMU device / Device operations", (
        Field("status", 0, "u8", size=1, values="status", since="1.2", brief="How it went."),
        Field("reserved", 1, "u8", count=3, array=True, size=3, reserved=True, since="1.2"),
    ), brief="How a request ends."),
    Struct("req_attach", "virtio_iommu_req_attach", "vwr_iommu_req_attach", 24, True, False, "1.2", "",
           "IOMMU device / Device operations / ATTACH request", (
        Field("head", 0, "req_head", size=4, since="1.2", brief="ATTACH."),
        Field("domain", 4, "le32", size=4, since="1.2", brief="Which domain."),
        Field("endpoint", 8, "le32", size=4, since="1.2", brief="Which endpoint."),
        Field("flags", 12, "le32", size=4, values="attach-flags", since="1.2", brief="How."),
        Field("reserved", 16, "u8", count=4, array=True, size=4, reserved=True, since="1.2"),
        Field("tail", 20, "req_tail", size=4, dir="in", since="1.2", brief="How it went."),
    ), brief="Put an endpoint into a domain; the domain is made if need be."),
    Struct("req_detach", "virtio_iommu_req_detach", "vwr_iommu_req_detach", 24, True, False, "1.2", "",
           "IOMMU device / Device operations / DETACH request", (
        Field("head", 0, "req_head", size=4, since="1.2", brief="DETACH."),
        Field("domain", 4, "le32", size=4, since="1.2", brief="Which domain."),
        Field("endpoint", 8, "le32", size=4, since="1.2", brief="Which endpoint."),
        Field("reserved", 12, "u8", count=8, array=True, size=8, reserved=True, since="1.2"),
        Field("tail", 20, "req_tail", size=4, dir="in", since="1.2", brief="How it went."),
    ), brief="Take an endpoint out of a domain; a domain without endpoints is gone."),
    Struct("req_map", "virtio_iommu_req_map", "vwr_iommu_req_map", 40, True, False, "1.2", "",
           "IOMMU device / Device operations / MAP request", (
        Field("head", 0, "req_head", size=4, since="1.2", brief="MAP."),
        Field("domain", 4, "le32", size=4, since="1.2", brief="Which domain."),
        Field("virt_start", 8, "le64", size=8, since="1.2", brief="First virtual address."),
        Field("virt_end", 16, "le64", size=8, since="1.2", brief="Last virtual address."),
        Field("phys_start", 24, "le64", size=8, since="1.2", brief="First physical address."),
        Field("flags", 32, "le32", size=4, values="map-flags", since="1.2", brief="What is allowed."),
        Field("tail", 36, "req_tail", size=4, dir="in", since="1.2", brief="How it went."),
    ), brief="Map virtual addresses to physical ones."),
    Struct("req_unmap", "virtio_iommu_req_unmap", "vwr_iommu_req_unmap", 32, True, False, "1.2", "",
           "IOMMU device / Device operations / UNMAP request", (
        Field("head", 0, "req_head", size=4, since="1.2", brief="UNMAP."),
        Field("domain", 4, "le32", size=4, since="1.2", brief="Which domain."),
        Field("virt_start", 8, "le64", size=8, since="1.2", brief="First virtual address."),
        Field("virt_end", 16, "le64", size=8, since="1.2", brief="Last virtual address."),
        Field("reserved", 24, "u8", count=4, array=True, size=4, reserved=True, since="1.2"),
        Field("tail", 28, "req_tail", size=4, dir="in", since="1.2", brief="How it went."),
    ), brief="Remove all mappings in a range; none may reach out of it."),
    Struct("req_probe", "virtio_iommu_req_probe", "vwr_iommu_req_probe", 72, False, False, "1.2", "",
           "IOMMU device / Device operations / PROBE request", (
        Field("head", 0, "req_head", size=4, since="1.2", brief="PROBE."),
        Field("endpoint", 4, "le32", size=4, since="1.2", brief="Which endpoint."),
        Field("reserved", 8, "u8", count=64, array=True, size=64, reserved=True, since="1.2"),
        Field("properties", 72, "u8", count="config.probe_size", array=True, dir="in", since="1.2",
              brief="Properties, one behind the other; a type of 0 ends them."),
        Field("tail", None, "req_tail", size=4, dir="in", since="1.2", brief="How it went."),
    ), brief="Ask for the properties of an endpoint."),
    Struct("probe_property", "virtio_iommu_probe_property", "vwr_iommu_probe_property", 4, True, False, "1.2", "",
           "IOMMU device / Device operations / PROBE request", (
        Field("type", 0, "le16", size=2, bits=(("type", 0, 12, False), ("reserved", 12, 4, True)), since="1.2",
              brief="Which property."),
        Field("length", 2, "le16", size=2, since="1.2", unit="bytes", brief="Length of what follows."),
    ), brief="How a property begins."),
    Struct("probe_resv_mem", "virtio_iommu_probe_resv_mem", "vwr_iommu_probe_resv_mem", 24, True, False, "1.2", "",
           "IOMMU device / Device operations / PROBE properties / Property RESV_MEM", (
        Field("head", 0, "probe_property", size=4, since="1.2", brief="RESV_MEM."),
        Field("subtype", 4, "u8", size=1, values="resv-mem-subtype", since="1.2", brief="Why."),
        Field("reserved", 5, "u8", count=3, array=True, size=3, reserved=True, since="1.2"),
        Field("start", 8, "le64", size=8, since="1.2", brief="First address."),
        Field("end", 16, "le64", size=8, since="1.2", brief="Last address."),
    ), brief="A range of virtual addresses that cannot be mapped."),
    Struct("fault", "virtio_iommu_fault", "vwr_iommu_fault", 24, True, False, "1.2", "",
           "IOMMU device / Device operations / Fault reporting", (
        Field("reason", 0, "u8", size=1, values="fault-reason", since="1.2", brief="Why."),
        Field("reserved", 1, "u8", count=3, array=True, size=3, reserved=True, since="1.2"),
        Field("flags", 4, "le32", size=4, values="fault-flags", since="1.2", brief="What kind of access it was."),
        Field("endpoint", 8, "le32", size=4, since="1.2", brief="Which endpoint."),
        Field("reserved1", 12, "le32", size=4, reserved=True, since="1.2"),
        Field("address", 16, "le64", size=8, since="1.2", brief="The address with ADDRESS in flags."),
    ), brief="A fault."),
    Struct("config", "virtio_iommu_config", "vwr_iommu_config", 40, True, False, "1.2", "",
           "IOMMU device / Device configuration layout", (
        Field("page_size_mask", 0, "le64", size=8, since="1.2",
              brief="Sizes of pages; the lowest bit is the granularity."),
        Field("input_range", 8, "range_64", size=16, gate=("INPUT_RANGE",), since="1.2",
              brief="Virtual addresses that can be mapped."),
        Field("domain_range", 24, "range_32", size=8, gate=("DOMAIN_RANGE",), since="1.2",
              brief="Numbers that a domain can have."),
        Field("probe_size", 32, "le32", size=4, gate=("PROBE",), since="1.2", unit="bytes",
              brief="Room for properties in a probe request."),
        Field("bypass", 36, "u8", size=1, gate=("BYPASS_CONFIG",), dir="RW", since="1.2",
              brief="1 if endpoints without a domain are not translated, else 0. Counts if BYPASS_CONFIG is offered, negotiated or not."),
        Field("reserved", 37, "u8", count=3, array=True, size=3, reserved=True, since="1.2"),
    ), brief="Configuration space of the device."),
)

_QUEUES = (
    Queue("requestq", 0, dir="both", since="1.2", brief="Requests."),
    Queue("eventq", 1, dir="in", since="1.2", brief="Faults; each buffer becomes a struct fault."),
)

_RULES = (
)

_OFFERS = (
)

_MORE = {
    "request_queues": ["requestq"],
    "statuses": {"requestq": "status"},
}

SPEC = Spec("iommu", "device", "spec/device/iommu.yaml", "IOMMU device",
            "An IOMMU that the driver gives mappings for endpoints.", "1.2", 23,
            _GROUPS, _STRUCTS, _QUEUES, _RULES, _OFFERS, _MORE)
