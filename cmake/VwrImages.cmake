# SPDX-License-Identifier: MIT
# The library as images for machines without an operating system include it: those of examples/, and of tests.

# The driver side with the classes that images of demos and tests drive. All classes take twice the time to compile.
file(GLOB others CONFIGURE_DEPENDS RELATIVE "${VWR_ROOT}/spec/device" "${VWR_ROOT}/spec/device/*.yaml")
list(TRANSFORM others REPLACE "\\.yaml$" "")
list(REMOVE_ITEM others blk console entropy gpu input net)
list(JOIN others "|" others)
set(VWR_IMAGE_SOURCES ${VWR_RUNTIME_SOURCES})
list(FILTER VWR_IMAGE_SOURCES EXCLUDE REGEX "/driver/([a-z]+/)?(${others})/|/vwr_(gen|names)_(${others})\\.c$")

# One source for an image that has all of these.
vwr_units(VWR_RUNTIME_UNIT "${CMAKE_CURRENT_BINARY_DIR}/units" runtime 0 ${VWR_RUNTIME_SOURCES}) # of examples/small
vwr_units(VWR_IMAGE_UNIT "${CMAKE_CURRENT_BINARY_DIR}/units" image 0 ${VWR_IMAGE_SOURCES}) # of other images
