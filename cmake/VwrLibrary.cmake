# SPDX-License-Identifier: MIT
# The library for any port. Needs nothing but a C compiler.

get_filename_component(VWR_ROOT "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)

set(VWR_WARNINGS -Wall -Wextra)
if(VWR_WERROR)
    list(APPEND VWR_WARNINGS -Werror)
endif()

# For what runs on the host: options of the compiler and of the linker.
set(VWR_SANITIZE -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -g)

file(GLOB VWR_RUNTIME_SOURCES CONFIGURE_DEPENDS
    "${VWR_ROOT}/runtime/base/*.c" "${VWR_ROOT}/runtime/driver/*.c" "${VWR_ROOT}/generated/src/*.c")

# vwr_add_runtime(<target> PORT <folder of vwr_port.h> [DEFINITIONS ...] [OPTIONS ...])
#
# A static library of base, driver side and generated code for one port. DEFINITIONS reach its
# users too (they change what the port's inline functions do); OPTIONS are the library's own,
# except -fsanitize, which has to be on the linker's line as well and is put there.
function(vwr_add_runtime target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "PORT" "DEFINITIONS;OPTIONS")
    add_library(${target} STATIC ${VWR_RUNTIME_SOURCES})
    vwr_set_language(${target})
    target_include_directories(${target} PUBLIC
        "${VWR_ROOT}/runtime/include" "${VWR_ROOT}/generated/include" ${arg_PORT})
    target_compile_definitions(${target} PUBLIC ${arg_DEFINITIONS})
    target_compile_options(${target} PRIVATE ${VWR_WARNINGS} ${arg_OPTIONS})
    set(sanitizers ${arg_OPTIONS})
    list(FILTER sanitizers INCLUDE REGEX "^-f(no-)?sanitize")
    target_link_options(${target} INTERFACE ${sanitizers})
endfunction()

# C11 without the compiler's extensions, in every target of ours.
function(vwr_set_language target)
    set_target_properties(${target} PROPERTIES C_STANDARD 11 C_STANDARD_REQUIRED ON C_EXTENSIONS OFF)
endfunction()
