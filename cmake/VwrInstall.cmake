# SPDX-License-Identifier: MIT
# cmake --install: headers and sources, and no compiled library. The port's inline functions become part of
# the library's code, so users compile the library with their own port. Thus nothing here depends on the
# machine, and nothing has to be built first; VWR_HOSTED adds what is compiled for processes.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(share "${CMAKE_INSTALL_DATADIR}/virtwright")
set(config "${CMAKE_INSTALL_DATADIR}/cmake/virtwright")
set(pkgconfig "${CMAKE_INSTALL_DATADIR}/pkgconfig")
set(made "${CMAKE_CURRENT_BINARY_DIR}/package")

install(DIRECTORY "${VWR_ROOT}/runtime/include/vwr" "${VWR_ROOT}/generated/include/vwr" "${VWR_ROOT}/monitor/include/vwr"
    DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" FILES_MATCHING PATTERN "*.h")
# Sources keep the folders of the tree, runtime/ and monitor/, because a source includes a header of another folder by its
# relative path. No two headers have the same name; a rule of tests/rules checks this.
foreach(room IN ITEMS base shared driver device parts bridge)
    install(DIRECTORY "${VWR_ROOT}/runtime/${room}" DESTINATION "${share}/runtime" FILES_MATCHING PATTERN "*.[ch]")
endforeach()
install(DIRECTORY "${VWR_ROOT}/monitor/" DESTINATION "${share}/monitor" FILES_MATCHING PATTERN "*.[ch]"
    PATTERN "include" EXCLUDE)
install(DIRECTORY "${VWR_ROOT}/plan/" DESTINATION "${share}/plan" FILES_MATCHING PATTERN "*.[ch]")
install(FILES ${VWR_TABLE_SOURCES} DESTINATION "${share}/runtime/tables")
install(FILES ${VWR_CLIENT_SOURCES} DESTINATION "${share}/client")
install(FILES ${VWR_SERVICE_SOURCES} DESTINATION "${share}/service")
install(DIRECTORY "${VWR_ROOT}/runtime/port/" DESTINATION "${share}/port")
# generated/ does not keep the headers that need nothing of ours. A source archive has them; a clone makes them here.
vwr_find_python(vwr_spec_python yaml jsonschema jinja2)
if(EXISTS "${VWR_ROOT}/standalone")
    install(DIRECTORY "${VWR_ROOT}/standalone" DESTINATION "${share}")
elseif(vwr_spec_python)
    install(CODE "execute_process(COMMAND \"${vwr_spec_python}\" -X \"${VWR_PYCACHE}\" \"${VWR_ROOT}/codegen\" generate
        --tests \"${CMAKE_BINARY_DIR}/made\" OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)")
    install(DIRECTORY "${CMAKE_BINARY_DIR}/made/standalone" DESTINATION "${share}")
else()
    message(STATUS "Virtwright: no Python with yaml, jsonschema and jinja2, so no stand-alone headers are installed")
endif()
install(FILES "${VWR_ROOT}/generated/virtwright.json" "${VWR_ROOT}/generated/virtwright.schema.json" DESTINATION "${share}")
install(FILES "${VWR_ROOT}/LICENSE" "${VWR_ROOT}/CHANGELOG.md" DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/virtwright")

# The archive for processes, hosted/CMakeLists.txt. Its headers have a folder of their own, because a kernel uses none of them.
set(VWR_HOSTED_ARCHIVE "")
set(hosted_include "${CMAKE_INSTALL_INCLUDEDIR}/virtwright-hosted")
if(VWR_HOSTED)
    set(VWR_HOSTED_ARCHIVE "${CMAKE_INSTALL_LIBDIR}/libvirtwright-hosted.a")
    install(FILES ${VWR_HOSTED_HEADERS} DESTINATION "${hosted_include}")
    install(TARGETS virtwright_hosted ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
endif()
set(VWR_HOSTED_INCLUDE "${hosted_include}")

# Below 1.0 a minor version may change the source API: docs/versions.md.
write_basic_package_version_file("${made}/virtwright-config-version.cmake"
    COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
set(VWR_SRC_DIR "${share}/runtime")
foreach(side IN ITEMS driver device both)
    get_property(sources GLOBAL PROPERTY VWR_SOURCES_${side})
    string(REPLACE "${VWR_ROOT}/runtime/" "" sources "${sources}")
    string(REPLACE "${VWR_ROOT}/generated/src/" "tables/" sources "${sources}")
    list(JOIN sources " " VWR_NAMES_${side})
endforeach()
foreach(end IN ITEMS CLIENT SERVICE MONITOR)
    list(TRANSFORM VWR_${end}_SOURCES REPLACE "^.*/" "" OUTPUT_VARIABLE names)
    list(JOIN names " " VWR_NAMES_${end})
endforeach()
set(VWR_CLIENTS_DIR "${share}/client")
set(VWR_SERVICES_DIR "${share}/service")
set(VWR_PORTS_DIR "${share}/port")
set(VWR_PLAN_DIR "${share}/plan")
set(VWR_MONITOR_DIR "${share}/monitor")
configure_package_config_file("${VWR_ROOT}/cmake/virtwright-config.cmake.in" "${made}/virtwright-config.cmake"
    INSTALL_DESTINATION "${config}" NO_SET_AND_CHECK_MACRO NO_CHECK_REQUIRED_COMPONENTS_MACRO
    PATH_VARS CMAKE_INSTALL_INCLUDEDIR VWR_HOSTED_ARCHIVE VWR_HOSTED_INCLUDE VWR_SRC_DIR VWR_CLIENTS_DIR VWR_SERVICES_DIR VWR_PORTS_DIR VWR_PLAN_DIR VWR_MONITOR_DIR)
install(FILES "${made}/virtwright-config.cmake" "${made}/virtwright-config-version.cmake"
    "${VWR_ROOT}/cmake/VwrRuntime.cmake" DESTINATION "${config}")

# vwr_install_pc(<name> <folder>): the file derives the prefix from its own location, so that the whole installed folder may
# be moved. If the folder lies outside of the prefix, the file names the prefix of the configuration.
function(vwr_install_pc name folder)
    set(prefix "/prefix")
    cmake_path(APPEND prefix "${folder}" OUTPUT_VARIABLE place)
    cmake_path(IS_PREFIX prefix "${place}" inside)
    if(inside)
        cmake_path(RELATIVE_PATH prefix BASE_DIRECTORY "${place}" OUTPUT_VARIABLE up)
        set(VWR_PC_PREFIX "\${pcfiledir}/${up}")
    else()
        set(VWR_PC_PREFIX "${CMAKE_INSTALL_PREFIX}")
    endif()
    configure_file("${VWR_ROOT}/cmake/${name}.in" "${made}/${name}" @ONLY)
    install(FILES "${made}/${name}" DESTINATION "${folder}")
endfunction()

set(prefix "\${prefix}")
cmake_path(APPEND prefix "${CMAKE_INSTALL_INCLUDEDIR}" OUTPUT_VARIABLE VWR_PC_INCLUDE)
cmake_path(APPEND prefix "${share}" OUTPUT_VARIABLE VWR_PC_SHARE)
separate_arguments(folders UNIX_COMMAND "${VWR_NAMES_both}")
list(TRANSFORM folders REPLACE "/[^/]*$" "")
list(REMOVE_DUPLICATES folders)
list(TRANSFORM folders PREPEND "${VWR_PC_SHARE}/runtime/")
list(JOIN folders " " VWR_PC_SOURCES)
vwr_install_pc(virtwright.pc "${pkgconfig}")
if(VWR_HOSTED)
    cmake_path(APPEND prefix "${CMAKE_INSTALL_LIBDIR}" OUTPUT_VARIABLE VWR_PC_LIB)
    cmake_path(APPEND prefix "${hosted_include}" OUTPUT_VARIABLE VWR_PC_HOSTED_INCLUDE)
    vwr_install_pc(virtwright-hosted.pc "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
endif()

# Man pages of ./vwr, from docs/help.txtar, and the page of ./vwr explorer. They need Python without further modules; without
# Python none are installed. A source archive has the man pages in man/.
vwr_find_python(vwr_man_python sys)
if(EXISTS "${VWR_ROOT}/man")
    install(DIRECTORY "${VWR_ROOT}/man/" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" FILES_MATCHING PATTERN "*.1")
elseif(vwr_man_python)
    execute_process(COMMAND "${vwr_man_python}" -X "${VWR_PYCACHE}" "${VWR_ROOT}/codegen" docs --man "${CMAKE_CURRENT_BINARY_DIR}/man"
        RESULT_VARIABLE failed OUTPUT_QUIET)
    if(failed STREQUAL "0")
        install(DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}/man/" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1"
            FILES_MATCHING PATTERN "*.1")
        install(CODE "execute_process(COMMAND \"${vwr_man_python}\" -B \"${VWR_ROOT}/codegen\" explorer -o
            \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_DATADIR}/doc/virtwright/explorer.html\" OUTPUT_QUIET)")
    else()
        message(STATUS "Virtwright: the man pages could not be made (Python 3.10 is needed), and are not installed")
    endif()
else()
    message(STATUS "Virtwright: no Python, so no man pages are installed")
endif()
