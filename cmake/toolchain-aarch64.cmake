# SPDX-License-Identifier: MIT
# Bare metal aarch64 with Debian's cross compiler for Linux, without its libc.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
string(JOIN " " CMAKE_C_FLAGS_INIT
    -ffreestanding -fno-pie -ffunction-sections -fdata-sections -mgeneral-regs-only -mno-outline-atomics)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
