# SPDX-License-Identifier: MIT
# The library's sources, for make: include this file, and compile the list of your side with your port. cmake/VwrLibrary.cmake
# has the same lists for CMake. Names are relative, as the one in the include. Make ends a name at a space, so that one must not
# contain any.
vwr_tree := $(patsubst %runtime/,%,$(dir $(lastword $(MAKEFILE_LIST))))
vwr_of = $(foreach below,*.c */*.c */*/*.c,$(wildcard $(vwr_tree)$(1)/$(below)))
vwr_common := $(foreach room,runtime/base runtime/shared generated/src,$(call vwr_of,$(room)))

VWR_DRIVER := $(vwr_common) $(foreach room,runtime/driver generated/client,$(call vwr_of,$(room)))
VWR_DEVICE := $(vwr_common) $(foreach room,runtime/device runtime/parts generated/service,$(call vwr_of,$(room)))
VWR_BOTH := $(sort $(VWR_DRIVER) $(VWR_DEVICE) $(call vwr_of,runtime/bridge))
VWR_MONITOR := $(call vwr_of,monitor) # add it to any of these lists; it needs -I of monitor/include too
VWR_INCLUDES := -I$(vwr_tree)runtime/include -I$(vwr_tree)generated/include
