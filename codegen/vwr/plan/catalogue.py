# SPDX-License-Identifier: MIT
"""What can be wrong with a plan, by id: those of reading and schema are the description's, P is meaning."""

from vwr.spec.catalogue import CHECKS

PLAN_CHECKS = {
    "VWR-P001": "name twice",
    "VWR-P002": "VM id twice",
    "VWR-P003": "device that the specification does not have",
    "VWR-P004": "device that the runtime has no class for",
    "VWR-P005": "key of another kind of device",
    "VWR-P006": "number that is no power of 2",
    "VWR-P007": "address not aligned",
    "VWR-P008": "address that is no window of the VM",
    "VWR-P009": "more devices than windows",
    "VWR-P010": "two devices in one window",
    "VWR-P011": "device without an interrupt",
    "VWR-P012": "interrupt twice",
    "VWR-P013": "interrupt beyond the controller's",
    "VWR-P014": "addresses beyond the end of the address space",
    "VWR-P015": "device windows of two VMs overlap",
    "VWR-P016": "device windows on memory",
    "VWR-P017": "memory overlaps",
    "VWR-P018": "memory of two VMs in one place",
    "VWR-P019": "disk that is not in the list",
    "VWR-P020": "windows of a disk overlap",
    "VWR-P021": "window beyond the end of its disk",
    "VWR-P022": "window that is not of whole blocks",
    "VWR-P023": "feature that the transport does not have",
    "VWR-P024": "more segments than the queue has descriptors",
    "VWR-P025": "both of two keys that say the same",
    "VWR-P026": "word of C or C++ as a name",
    "VWR-P027": "queue that is longer than the class has room for",
}

ALL_CHECKS = CHECKS | PLAN_CHECKS
