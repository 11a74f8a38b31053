# SPDX-License-Identifier: MIT
# Finds the Python that runs the generator and the tests. The library needs no Python.

# vwr_find_python(<variable> <module...>): the first of $VWR_PYTHON, /usr/bin/python3 and python3 that imports
# the modules. apt installs packages for /usr/bin/python3, and python3 in the PATH may be another one. Empty
# if no Python imports them. A configuration imports each module once; the next one checks again, for a module may
# have been installed since.
function(vwr_find_python variable)
    foreach(python IN ITEMS "${VWR_PYTHON}" "$ENV{VWR_PYTHON}" /usr/bin/python3 python3)
        if(python)
            get_property(imports GLOBAL PROPERTY "VWR_IMPORTS_${python}")
            set(modules ${ARGN})
            list(REMOVE_ITEM modules ${imports} "")
            set(failed 0)
            if(modules)
                list(JOIN modules ", " words)
                execute_process(COMMAND "${python}" -c "import ${words}"
                    RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
            endif()
            if(failed STREQUAL "0")
                set_property(GLOBAL APPEND PROPERTY "VWR_IMPORTS_${python}" ${modules})
                set(${variable} "${python}" PARENT_SCOPE)
                return()
            endif()
        endif()
    endforeach()
    set(${variable} "" PARENT_SCOPE)
endfunction()

# For python -X: compiled modules are in the build folder, as those of ./vwr. To compile all modules of the generator takes as
# long as half of a run.
set(VWR_PYCACHE "pycache_prefix=${CMAKE_BINARY_DIR}/pycache")

# vwr_generate(<name> <argument of ./vwr generate...>): runs the generator when a description, the options of the runtime,
# a template or the generator is newer than its last run of this name.
#
# This happens when CMake configures, not in a build rule: `clean` deletes the outputs of a rule, and generated/ is
# committed. The inputs are dependencies of the configuration, so a build after a change starts here. The generator
# writes only files whose content changes.
function(vwr_generate name)
    file(GLOB_RECURSE inputs CONFIGURE_DEPENDS "${VWR_ROOT}/spec/*.yaml" "${VWR_ROOT}/spec/*.json"
        "${VWR_ROOT}/runtime/options.*"
        "${VWR_ROOT}/codegen/templates/*.j2" "${VWR_ROOT}/codegen/vwr/spec/*.py" "${VWR_ROOT}/codegen/vwr/check/*.py"
        "${VWR_ROOT}/codegen/vwr/model/*.py" "${VWR_ROOT}/codegen/vwr/generate/*.py" "${VWR_ROOT}/codegen/vwr/grammar/*.py"
        "${VWR_ROOT}/codegen/vwr/cname.py" "${VWR_ROOT}/codegen/vwr/back_end.py")
    set_property(DIRECTORY "${CMAKE_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${inputs})
    set(stamp "${CMAKE_BINARY_DIR}/${name}.stamp")
    set(stale FALSE)
    foreach(input IN LISTS inputs)
        if("${input}" IS_NEWER_THAN "${stamp}") # also true if the stamp does not exist yet
            set(stale TRUE)
        endif()
    endforeach()
    if(NOT stale)
        return()
    endif()
    execute_process(COMMAND "${VWR_PYTHON}" -X "${VWR_PYCACHE}" "${VWR_ROOT}/codegen" generate ${ARGN}
        RESULT_VARIABLE failed OUTPUT_QUIET)
    if(NOT failed STREQUAL "0")
        message(FATAL_ERROR "Virtwright: the spec has errors, see above. Next: mend them, or configure with "
            "-DVWR_REGENERATE=OFF -DVWR_TESTS=OFF, which takes generated/ as it is")
    endif()
    file(TOUCH "${stamp}")
endfunction()

# vwr_make_tests(): makes what generated/ does not keep, in the folder VWR_MADE, laid out as generated/: tests of both ends
# and of structs, stand-alone headers, and the clients and services of which the runtime has a class. Without Python VWR_MADE is empty, and
# vwr_skip_test lists each test that needs it, with VWR_NOT_MADE.
macro(vwr_make_tests)
    set(VWR_MADE "")
    set(VWR_NOT_MADE "its source is generated from spec/: no Python with yaml, jsonschema and jinja2")
    if(VWR_PYTHON)
        set(VWR_MADE "${CMAKE_BINARY_DIR}/made")
        vwr_generate(made --tests "${VWR_MADE}")
    else()
        message(STATUS "Virtwright: no Python with yaml, jsonschema and jinja2: the tests that are generated from spec/, "
            "and those that use generated clients and services, are skipped")
    endif()
endmacro()
