# SPDX-License-Identifier: MIT
# Functions that every tier of tests uses.

# Test programs find modules of other folders through the line in pytest.ini.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${VWR_ROOT}/pytest.ini")
file(STRINGS "${VWR_ROOT}/pytest.ini" VWR_PYTHONPATH REGEX "^pythonpath = ")
string(REPLACE "pythonpath = " " " VWR_PYTHONPATH "${VWR_PYTHONPATH}")
string(REPLACE " " ":${VWR_ROOT}/" VWR_PYTHONPATH "${VWR_PYTHONPATH}")
string(SUBSTRING "${VWR_PYTHONPATH}" 1 -1 VWR_PYTHONPATH)

# Hundreds of programs, linked by LLVM's linker if it is there: it takes half of the time of the usual one.
find_program(VWR_LLD ld.lld)
mark_as_advanced(VWR_LLD)
if(VWR_LLD AND NOT CMAKE_CROSSCOMPILING AND CMAKE_C_COMPILER_ID MATCHES "^(GNU|Clang)$")
    add_link_options(-fuse-ld=lld -Wl,--threads=1) # two links run at once: threads cost a sixth more
endif()

# Tests that `./vwr test` runs only if they are named: rows of tests/soak.txt, and functions marked so in Python
# (vwr_add_pytest). They have the label `soak` too. What no
# other test runs is built only then: vwr_add_tier_targets() makes a target soak_<tier> of it.
set(VWR_SOAK_TABLE "${VWR_ROOT}/tests/soak.txt")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${VWR_SOAK_TABLE}")
file(STRINGS "${VWR_SOAK_TABLE}" rows REGEX "^[a-z]")
foreach(row IN LISTS rows)
    string(REGEX REPLACE " .*" "" row "${row}")
    string(REGEX MATCH "^[a-z0-9]+" tier "${row}")
    list(APPEND VWR_SOAK_OF_${tier} "${row}")
endforeach()

# vwr_when(<variable> <tier>.<what>): soak if a row of tests/soak.txt has the test, or its name ends so, else always.
function(vwr_when variable name)
    set(${variable} always PARENT_SCOPE)
    if(name MATCHES "_soak$")
        set(${variable} soak PARENT_SCOPE)
    endif()
    string(REGEX MATCH "^[a-z0-9]+" tier "${name}")
    foreach(row IN LISTS VWR_SOAK_OF_${tier})
        if(name MATCHES "^(${row})$")
            set(${variable} soak PARENT_SCOPE)
        endif()
    endforeach()
endfunction()

# vwr_add_test(<tier>.<what> TIER <tier> COMMAND <command...> [TIMEOUT <seconds>] [BUILDS <target...>])
#
# BUILDS are targets besides the command that the test runs.
# Exit code 77 means skipped; the test prints the reason. Tests with the longest TIMEOUT start first, so that no core
# is idle at the end: a test that takes over 40 seconds has one of at least 300. The runtime allocates nothing, so the
# search for leaks at the end of each program, which reads all of its memory, is for the engines alone (tier vblk).
function(vwr_add_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIER;TIMEOUT" "COMMAND;BUILDS")
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    if(CMAKE_CROSSCOMPILING) # in an emulator
        math(EXPR arg_TIMEOUT "${arg_TIMEOUT} * 5")
    endif()
    add_test(NAME ${name} COMMAND ${arg_COMMAND})
    set(labels "${arg_TIER}")
    vwr_when(when ${name})
    if(when STREQUAL "soak")
        list(APPEND labels soak)
    endif()
    list(GET arg_COMMAND 0 program)
    set_property(GLOBAL APPEND PROPERTY VWR_PROGRAMS_${when} ${program} ${arg_BUILDS})
    set_tests_properties(${name} PROPERTIES LABELS "${labels}" TIMEOUT ${arg_TIMEOUT} COST ${arg_TIMEOUT}
        SKIP_RETURN_CODE 77 ENVIRONMENT "PYTHONPATH=${VWR_PYTHONPATH}")
    if(NOT arg_TIER STREQUAL "vblk")
        set_property(TEST ${name} APPEND PROPERTY ENVIRONMENT "ASAN_OPTIONS=detect_leaks=0")
    endif()
endfunction()

# vwr_skip_test(<tier>.<what> TIER <tier> BECAUSE <words...>)
#
# A test that cannot run on this machine: it is listed, prints the reason, and counts as skipped.
function(vwr_skip_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIER" "BECAUSE")
    list(JOIN arg_BECAUSE " " why)
    vwr_add_test(${name} TIER ${arg_TIER} COMMAND sh -c "echo \"skipped: $0\"; exit 77" "${why}")
endfunction()

# vwr_has_marked(<variable> <file or folder...>): the lines with the mark @pytest.mark.soak.
function(vwr_has_marked variable)
    set(all "")
    foreach(path IN LISTS ARGN)
        set(files "")
        if(IS_DIRECTORY "${path}")
            file(GLOB files "${path}/test_*.py")
        elseif(NOT path MATCHES "::")
            set(files "${path}")
        endif()
        foreach(file IN LISTS files)
            file(STRINGS "${file}" lines REGEX "pytest\\.mark\\.soak")
            list(APPEND all ${lines})
        endforeach()
    endforeach()
    set(${variable} "${all}" PARENT_SCOPE)
endfunction()

# vwr_add_pytest(<tier>.<what> TIER <tier> PATHS <file or folder...> [TIMEOUT <seconds>] [SOAK])
#
# Functions marked @pytest.mark.soak(what finds nearly the same) are a test of their own, <tier>.<what>_soak, if the
# paths are files or folders; of single functions, FILE::FUNCTION, SOAK says that one has the mark.
function(vwr_add_pytest name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "SOAK" "TIER;TIMEOUT;MARKED" "PATHS")
    if(NOT arg_MARKED)
        vwr_has_marked(marked ${arg_PATHS})
        if(marked)
            set(arg_SOAK TRUE)
        endif()
    endif()
    set(limit "")
    if(arg_TIMEOUT)
        set(limit TIMEOUT ${arg_TIMEOUT})
    endif()
    if(arg_SOAK)
        vwr_add_pytest(${name}_soak TIER ${arg_TIER} PATHS ${arg_PATHS} ${limit} MARKED soak)
        set(arg_MARKED "not soak")
    endif()
    if(arg_MARKED)
        list(PREPEND arg_PATHS -m "${arg_MARKED}")
    endif()
    if(NOT VWR_HAVE_PYTEST)
        vwr_skip_test(${name} TIER ${arg_TIER} BECAUSE "no Python with pytest, yaml, jsonschema and jinja2")
        return()
    endif()
    vwr_add_test(${name} TIER ${arg_TIER} ${limit}
        COMMAND ${VWR_PYTHON} -m pytest -q -rs -p no:cacheprovider ${arg_PATHS})
    # Two hundred tests import the same modules: they are compiled once, into the build folder, as ./vwr does. pytest
    # does not search for installed plugins; there is none that a test needs.
    set_property(TEST ${name} APPEND PROPERTY ENVIRONMENT "PYTEST_DISABLE_PLUGIN_AUTOLOAD=1"
        "VWR_BUILD_DIR=${CMAKE_BINARY_DIR}" "CMAKE_GENERATOR=${CMAKE_GENERATOR}"
        "PYTHONPYCACHEPREFIX=${CMAKE_BINARY_DIR}/pycache" "PYTHONDONTWRITEBYTECODE=")
endfunction()

# vwr_missing(<variable> <tool...>): the tools that are not installed.
function(vwr_missing variable)
    set(missing "")
    foreach(tool IN LISTS ARGN)
        find_program(path ${tool} PATHS /usr/sbin /sbin NO_CACHE)
        if(NOT path)
            list(APPEND missing ${tool})
        endif()
        unset(path)
    endforeach()
    set(${variable} "${missing}" PARENT_SCOPE)
endfunction()

# vwr_add_pytests(<tier> FILE <file> [TOGETHER] [MISSING <tool...>] [TIMEOUT <seconds>] [LOCK <resource>])
#
# Adds an entry <tier>.<what> for each function test_<what> of the file. The entry is skipped if a tool is
# missing. TOGETHER: one entry <tier>.<name> of the file test_<name>.py, since a Python takes as long to start as most
# of its functions run; those that tests/soak.txt lists keep an entry of their own, and those with the mark are
# <tier>.<name>_soak.
function(vwr_add_pytests tier)
    cmake_parse_arguments(PARSE_ARGV 1 arg "TOGETHER" "FILE;TIMEOUT;LOCK" "MISSING")
    set(limit "")
    if(arg_TIMEOUT)
        set(limit TIMEOUT ${arg_TIMEOUT})
    endif()
    set(path "${CMAKE_CURRENT_SOURCE_DIR}/${arg_FILE}")
    file(STRINGS "${path}" functions REGEX "^def test_")
    vwr_has_marked(marked "${path}")
    string(REGEX REPLACE "^test_(.*)\\.py$" "${tier}.\\1" together "${arg_FILE}")
    set(names "")
    foreach(line IN LISTS functions)
        string(REGEX REPLACE "^def test_([a-z0-9_]+).*" "\\1" what "${line}")
        set(name ${tier}.${what})
        vwr_when(when ${name})
        if(arg_TOGETHER AND when STREQUAL "always")
            set(name ${together})
        endif()
        list(APPEND names ${name})
        list(APPEND "paths_${name}" "${path}::test_${what}")
    endforeach()
    list(REMOVE_DUPLICATES names)
    foreach(name IN LISTS names)
        if(arg_MISSING)
            vwr_skip_test(${name} TIER ${tier} BECAUSE "no ${arg_MISSING} here")
        else()
            set(soak "")
            if(marked AND name STREQUAL together)
                set(soak SOAK)
            endif()
            vwr_add_pytest(${name} TIER ${tier} ${limit} PATHS ${paths_${name}} ${soak})
        endif()
        if(arg_LOCK)
            set_tests_properties(${name} PROPERTIES RESOURCE_LOCK ${arg_LOCK})
        endif()
    endforeach()
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${path}")
endfunction()

# vwr_targets_below(<variable> <folder>): the targets of a folder of this project and of all its
# subdirectories, except those that are built only on request (EXCLUDE_FROM_ALL).
function(vwr_targets_below variable folder)
    get_property(targets DIRECTORY "${folder}" PROPERTY BUILDSYSTEM_TARGETS)
    set(found "")
    foreach(target IN LISTS targets)
        get_property(by_hand TARGET ${target} PROPERTY EXCLUDE_FROM_ALL)
        if(NOT by_hand)
            list(APPEND found ${target})
        endif()
    endforeach()
    get_property(folders DIRECTORY "${folder}" PROPERTY SUBDIRECTORIES)
    foreach(one IN LISTS folders)
        vwr_targets_below(more "${one}")
        list(APPEND found ${more})
    endforeach()
    set(${variable} "${found}" PARENT_SCOPE)
endfunction()

# The rows of tests/tiers.txt.
set(VWR_TIERS_TABLE "${VWR_ROOT}/tests/tiers.txt")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${VWR_TIERS_TABLE}")
file(STRINGS "${VWR_TIERS_TABLE}" VWR_TIERS REGEX "^[a-z0-9]+ *\\|")

# Adds a target tier_<tier> for each row: everything that the tests of one tier run; and soak_<tier>: what only those
# of tests/soak.txt run. Call it last.
function(vwr_add_tier_targets)
    get_property(of_soak GLOBAL PROPERTY VWR_PROGRAMS_soak)
    get_property(always GLOBAL PROPERTY VWR_PROGRAMS_always)
    list(REMOVE_ITEM of_soak ${always})
    list(REMOVE_DUPLICATES of_soak)
    list(FILTER of_soak EXCLUDE REGEX "/")
    foreach(target IN LISTS of_soak)
        if(TARGET ${target})
            set_target_properties(${target} PROPERTIES EXCLUDE_FROM_ALL TRUE)
        endif()
    endforeach()
    get_property(left_out GLOBAL PROPERTY VWR_FOLDERS_LEFT_OUT)
    foreach(row IN LISTS VWR_TIERS)
        string(REGEX MATCH "^([a-z0-9]+) *\\| *([^ |]+) *\\|[^|]*\\| *(.*)$" matched "${row}")
        set(tier ${CMAKE_MATCH_1})
        set(folder "${VWR_ROOT}/tests/${CMAKE_MATCH_2}")
        separate_arguments(more UNIX_COMMAND "${CMAKE_MATCH_3}")
        get_filename_component(folder "${folder}" ABSOLUTE)
        if(EXISTS "${folder}/CMakeLists.txt" AND NOT folder IN_LIST left_out)
            vwr_targets_below(below "${folder}")
            list(APPEND more ${below})
        endif()
        add_custom_target(tier_${tier})
        add_custom_target(soak_${tier})
        foreach(target IN LISTS of_soak)
            if(TARGET ${target})
                get_target_property(place ${target} SOURCE_DIR)
                if(place STREQUAL folder)
                    add_dependencies(soak_${tier} ${target})
                endif()
            endif()
        endforeach()
        foreach(target IN LISTS more)
            if(TARGET ${target}) # an image has no target if its compiler is missing
                add_dependencies(tier_${tier} ${target})
            endif()
        endforeach()
    endforeach()
endfunction()
