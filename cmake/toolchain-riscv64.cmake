# SPDX-License-Identifier: MIT
# Bare metal riscv64 with Debian's cross compiler for Linux, without its libc.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR riscv64)
set(CMAKE_C_COMPILER riscv64-linux-gnu-gcc)
string(JOIN " " CMAKE_C_FLAGS_INIT
    -ffreestanding -fno-pie -ffunction-sections -fdata-sections -march=rv64imac_zicsr_zifencei -mabi=lp64 -mcmodel=medany)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
