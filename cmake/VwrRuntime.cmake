# SPDX-License-Identifier: MIT
# Builds the library for any port, in the tree and in an installed package. The including file sets the paths
# in global properties, because the functions may be called from any folder: VWR_INCLUDE_DIRS, VWR_PORTS,
# VWR_SOURCES_monitor, VWR_MONITOR_INCLUDE_DIR, and for each side VWR_SOURCES_<side> and VWR_ENDS_<side>.

# vwr_add_runtime(<target> [SIDE driver|device|both] [PORT <folder of vwr_port.h, or an INTERFACE target>]
#                 [DEFINITIONS ...] [OPTIONS ...] [CLASSES <class...>] [WITHOUT <folder...>])
#
# Adds a static library for one port: base, generated tables, one side (by default the driver's), and the
# generated clients or services of all devices, of which the linker takes those that a program calls. `both`
# adds the bridge between the sides. DEFINITIONS also apply to the targets that link to it, because they
# change the port's inline functions. OPTIONS apply to the library alone, except -fsanitize, which is passed
# to the linker as well. CLASSES are the classes of devices; by default, all. WITHOUT leaves out the sources of
# the named folders of driver/, device/ and parts/, and the files of bridge/ and of the generated code that
# belong to them; scsi goes with t10, its units.
function(vwr_add_runtime target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "SIDE;PORT" "DEFINITIONS;OPTIONS;CLASSES;WITHOUT")
    if(NOT arg_SIDE)
        set(arg_SIDE driver)
    endif()
    get_property(include GLOBAL PROPERTY VWR_INCLUDE_DIRS)
    get_property(sources GLOBAL PROPERTY VWR_SOURCES_${arg_SIDE})
    if(NOT sources)
        message(FATAL_ERROR "virtwright: ${target}: SIDE ${arg_SIDE}: it is driver, device or both")
    endif()
    get_property(shared GLOBAL PROPERTY VWR_SHARED_TABLES) # set only in this project's own tests
    if(shared)
        list(REMOVE_ITEM sources ${shared})
        if(NOT arg_SIDE STREQUAL "driver") # services are one object each, so that a test may replace one
            get_property(services GLOBAL PROPERTY VWR_CLASS_SERVICES)
            set_source_files_properties(${services} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
            list(APPEND sources ${services})
        endif()
    else()
        get_property(ends GLOBAL PROPERTY VWR_ENDS_${arg_SIDE})
        list(APPEND sources ${ends})
    endif()
    if(arg_CLASSES)
        foreach(source IN LISTS sources)
            if(source MATCHES "/(driver|device|parts)/([a-z0-9]+)/[^/]+$")
                list(APPEND arg_WITHOUT ${CMAKE_MATCH_2})
            endif()
        endforeach()
        list(REMOVE_DUPLICATES arg_WITHOUT)
        list(REMOVE_ITEM arg_WITHOUT ${arg_CLASSES} core discover files t10 transport)
    endif()
    if(arg_WITHOUT)
        if("scsi" IN_LIST arg_WITHOUT)
            list(APPEND arg_WITHOUT t10)
        endif()
        list(JOIN arg_WITHOUT "|" names)
        list(FILTER sources EXCLUDE REGEX
            "/(driver|device|parts)/([a-z]+/)?(${names})/[^/]+$|/bridge/vwr_v(${names})_[^/]+$|/vwr_gen_(${names})_(client|service)\\.c$")
    endif()
    add_library(${target} STATIC ${sources})
    vwr_set_language(${target})
    if(shared) # the tests have two dozen runtimes: 25 sources for each compilation
        set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 25 EXCLUDE_FROM_ALL TRUE)
    endif()
    if(shared AND "${arg_OPTIONS}" MATCHES "sanitize=address")
        target_link_libraries(${target} PUBLIC vwr_tables_sanitized)
    elseif(shared)
        target_link_libraries(${target} PUBLIC vwr_tables)
    endif()
    target_include_directories(${target} PUBLIC ${include})
    vwr_set_port(${target} "${arg_PORT}")
    target_compile_definitions(${target} PUBLIC ${arg_DEFINITIONS})
    target_compile_options(${target} PRIVATE ${VWR_WARNINGS} ${arg_OPTIONS})
    set(sanitizers ${arg_OPTIONS})
    list(FILTER sanitizers INCLUDE REGEX "^-f(no-)?sanitize")
    target_link_options(${target} INTERFACE ${sanitizers})
endfunction()

# vwr_add_monitor(<runtime> [OPTIONS ...])
#
# Adds a static library with the monitor (vwr/monitor.h) beside a runtime of vwr_add_runtime or virtwright::<side>.
# What links to the runtime may then use the monitor.
function(vwr_add_monitor runtime)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "OPTIONS")
    get_target_property(real ${runtime} ALIASED_TARGET)
    if(real)
        set(runtime ${real})
    endif()
    get_property(sources GLOBAL PROPERTY VWR_SOURCES_monitor)
    get_property(include GLOBAL PROPERTY VWR_MONITOR_INCLUDE_DIR)
    add_library(${runtime}_monitor STATIC EXCLUDE_FROM_ALL ${sources})
    vwr_set_language(${runtime}_monitor)
    target_compile_options(${runtime}_monitor PRIVATE ${VWR_WARNINGS} ${arg_OPTIONS})
    target_include_directories(${runtime}_monitor PUBLIC ${include})
    target_link_libraries(${runtime}_monitor PUBLIC ${runtime})
    target_link_libraries(${runtime} INTERFACE ${runtime}_monitor)
endfunction()

# vwr_add_side(<side> [other arguments of vwr_add_runtime]): adds virtwright::<side>, built only if a target
# links to it, for the target vwr_port if it exists, else for the folder VWR_PORT_DIR.
function(vwr_add_side side)
    set(port "${VWR_PORT_DIR}")
    if(TARGET vwr_port)
        set(port vwr_port)
    endif()
    vwr_add_runtime(virtwright_${side} SIDE ${side} PORT "${port}" ${ARGN})
    set_target_properties(virtwright_${side} PROPERTIES EXCLUDE_FROM_ALL TRUE)
    add_library(virtwright::${side} ALIAS virtwright_${side})
endfunction()

# vwr_set_port(<target> <folder, or target>): does nothing if both are missing; the user then adds the port
# with target_link_libraries.
function(vwr_set_port target port)
    if(TARGET "${port}")
        target_link_libraries(${target} PUBLIC "${port}")
    elseif(port)
        get_filename_component(folder "${port}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_SOURCE_DIR}")
        if(NOT EXISTS "${folder}/vwr_port.h")
            get_property(ports GLOBAL PROPERTY VWR_PORTS)
            message(FATAL_ERROR "virtwright: ${target}: there is no vwr_port.h in ${folder}. "
                "Next: copy ${ports}/template/vwr_port.h to it, or name another folder or target")
        endif()
        target_include_directories(${target} PUBLIC "${folder}")
    endif()
endfunction()

# C11 without compiler extensions, in all of our targets.
function(vwr_set_language target)
    set_target_properties(${target} PROPERTIES C_STANDARD 11 C_STANDARD_REQUIRED ON C_EXTENSIONS OFF)
endfunction()

# virtwright::headers, for code that has its own driver and uses only the definitions of the specification.
function(vwr_add_headers)
    get_property(include GLOBAL PROPERTY VWR_INCLUDE_DIRS)
    add_library(virtwright_headers INTERFACE)
    add_library(virtwright::headers ALIAS virtwright_headers)
    target_include_directories(virtwright_headers INTERFACE ${include})
endfunction()
