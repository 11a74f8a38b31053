# SPDX-License-Identifier: MIT
# Paths of the tree, and the options of our own builds. Needs nothing but a C compiler.

get_filename_component(VWR_ROOT "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)
include("${CMAKE_CURRENT_LIST_DIR}/VwrRuntime.cmake")

set(VWR_WARNINGS -Wall -Wextra)
if(VWR_WERROR)
    list(APPEND VWR_WARNINGS -Werror)
endif()

# Compiler and linker options for programs that run on the host. -O1 takes twice as long to compile under the
# sanitizers, -O2 with -g six times; the runtimes that many tests run have it (tests/common). ./vwr mutate compiles often
# and runs each test for a moment: it sets -O0 for them too.
if(NOT DEFINED VWR_SANITIZE)
    set(VWR_SANITIZE -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -O0 -g1)
endif()
if(NOT DEFINED VWR_SANITIZE_LEVEL)
    set(VWR_SANITIZE_LEVEL -O1)
endif()
if(CMAKE_CROSSCOMPILING) # programs for another machine run in an emulator, which has no sanitizers
    set(VWR_SANITIZE -O1 -g1)
endif()

# For the sources of tests themselves: UBSan, which takes a third of the time to compile, has the library, and what
# its headers have inline, in the runtimes.
set(VWR_SANITIZE_TEST ${VWR_SANITIZE} -fno-sanitize=undefined)
if("${VWR_SANITIZE}" MATCHES "undefined") # after VWR_SANITIZE_TEST, for a test with a source of the library
    set(VWR_SANITIZE_MORE -fsanitize=undefined)
endif()

file(GLOB VWR_TABLE_SOURCES CONFIGURE_DEPENDS "${VWR_ROOT}/generated/src/*.c")
file(GLOB VWR_COMMON_SOURCES CONFIGURE_DEPENDS "${VWR_ROOT}/runtime/base/*.c" "${VWR_ROOT}/runtime/shared/*.c")
list(APPEND VWR_COMMON_SOURCES ${VWR_TABLE_SOURCES})
file(GLOB_RECURSE VWR_DRIVER_SOURCES CONFIGURE_DEPENDS "${VWR_ROOT}/runtime/driver/*.c")
file(GLOB_RECURSE VWR_DEVICE_SOURCES CONFIGURE_DEPENDS "${VWR_ROOT}/runtime/device/*.c" "${VWR_ROOT}/runtime/parts/*.c")
file(GLOB VWR_BRIDGE_SOURCES CONFIGURE_DEPENDS "${VWR_ROOT}/runtime/bridge/*.c")
file(GLOB VWR_PLAN_SOURCES CONFIGURE_DEPENDS "${VWR_ROOT}/plan/*.c")
file(GLOB VWR_MONITOR_SOURCES CONFIGURE_DEPENDS "${VWR_ROOT}/monitor/*.c")
set(VWR_RUNTIME_SOURCES ${VWR_COMMON_SOURCES} ${VWR_DRIVER_SOURCES}) # for a program that drives devices
set(VWR_ALL_SOURCES ${VWR_RUNTIME_SOURCES} ${VWR_DEVICE_SOURCES} ${VWR_BRIDGE_SOURCES})
file(GLOB VWR_CLIENT_SOURCES CONFIGURE_DEPENDS "${VWR_ROOT}/generated/client/*.c")
file(GLOB VWR_SERVICE_SOURCES CONFIGURE_DEPENDS "${VWR_ROOT}/generated/service/*.c")
# Generated services that a device class builds on, found by the includes of its header. The runtimes of our
# tests contain them too.
set(class_services "")
file(GLOB class_headers CONFIGURE_DEPENDS "${VWR_ROOT}/runtime/include/vwr/v*.h")
foreach(header IN LISTS class_headers)
    file(STRINGS "${header}" included REGEX "#include \"vwr/service/")
    if(included MATCHES "vwr/service/([a-z0-9_]+)\\.h")
        list(APPEND class_services "${VWR_ROOT}/generated/service/vwr_gen_${CMAKE_MATCH_1}_service.c")
    endif()
endforeach()
set_property(GLOBAL PROPERTY VWR_CLASS_SERVICES ${class_services})
set_property(GLOBAL PROPERTY VWR_ENDS_driver ${VWR_CLIENT_SOURCES})
set_property(GLOBAL PROPERTY VWR_ENDS_device ${VWR_SERVICE_SOURCES})
set_property(GLOBAL PROPERTY VWR_ENDS_both ${VWR_CLIENT_SOURCES} ${VWR_SERVICE_SOURCES})
set_property(GLOBAL PROPERTY VWR_SOURCES_driver ${VWR_RUNTIME_SOURCES})
set_property(GLOBAL PROPERTY VWR_SOURCES_device ${VWR_COMMON_SOURCES} ${VWR_DEVICE_SOURCES})
set_property(GLOBAL PROPERTY VWR_SOURCES_both ${VWR_ALL_SOURCES})
set_property(GLOBAL PROPERTY VWR_INCLUDE_DIRS "${VWR_ROOT}/runtime/include" "${VWR_ROOT}/generated/include")
set_property(GLOBAL PROPERTY VWR_PORTS "${VWR_ROOT}/runtime/port")
set_property(GLOBAL PROPERTY VWR_SOURCES_monitor ${VWR_MONITOR_SOURCES})
set_property(GLOBAL PROPERTY VWR_MONITOR_INCLUDE_DIR "${VWR_ROOT}/monitor/include")

# vwr_units(<variable> <folder> <name> <count> <source...>): generates sources in <folder> that include <count>
# of these each, or all if it is 0, and lists them in <variable>. An image of all sources compiles in a third
# of the time.
function(vwr_units variable folder name count)
    list(LENGTH ARGN all)
    if(count EQUAL 0)
        set(count ${all})
    endif()
    math(EXPR last "${all} - 1")
    set(units "")
    foreach(first RANGE 0 ${last} ${count})
        list(SUBLIST ARGN ${first} ${count} some)
        list(TRANSFORM some REPLACE "(.+)" "#include \"\\1\"\n")
        string(CONCAT text ${some})
        file(GENERATE OUTPUT "${folder}/${name}_${first}.c" CONTENT "${text}")
        list(APPEND units "${folder}/${name}_${first}.c")
    endforeach()
    set(${variable} "${units}" PARENT_SCOPE)
endfunction()

# vwr_share_tables(): runtimes added after this call link the generated tables from one common library, or
# from its sanitized variant. The tables are large and the same for every port, and the tests have two dozen
# runtimes. Each of the two libraries is compiled in a few large units.
function(vwr_share_tables)
    foreach(library vwr_tables vwr_tables_sanitized)
        add_library(${library} STATIC EXCLUDE_FROM_ALL ${VWR_TABLE_SOURCES})
        vwr_set_language(${library})
        set_target_properties(${library} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0)
        target_include_directories(${library} PRIVATE
            "${VWR_ROOT}/runtime/include" "${VWR_ROOT}/generated/include" "${VWR_ROOT}/runtime/port/host")
        target_compile_options(${library} PRIVATE ${VWR_WARNINGS})
    endforeach()
    target_compile_options(vwr_tables_sanitized PRIVATE ${VWR_SANITIZE})
    set_property(GLOBAL PROPERTY VWR_SHARED_TABLES ${VWR_TABLE_SOURCES})
endfunction()
