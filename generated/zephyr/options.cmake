# SPDX-License-Identifier: MIT
# Generated from runtime/options.yaml by ./vwr generate: do not edit. zephyr/CMakeLists.txt includes it.

# Options with a macro VWR_WITH_NAME.
set(virtwright_options
    PACKED
    INDIRECT
    IN_ORDER
    SUSPEND
    ASYNC
    RANGES
    ZONED
    RECOVERY
    EXCLUSIVE
    IOMMU
    SPEED
    STATS
    TEXTS
    LEGACY
)
