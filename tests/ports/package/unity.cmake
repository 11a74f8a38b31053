# SPDX-License-Identifier: MIT
# A toolchain file for projects of the tests: the library in units of 25 sources, by the native compiler.

set(CMAKE_UNITY_BUILD ON)
set(CMAKE_UNITY_BUILD_BATCH_SIZE 25)
