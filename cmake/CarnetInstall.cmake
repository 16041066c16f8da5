# Programs, library, headers, pkg-config file, CMake package, manual pages, and
# the SBOM of it all. The installation can be moved: nothing in it holds an
# absolute path.
include(CMakePackageConfigHelpers)

install(TARGETS libcarnet EXPORT carnet-targets
	LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}"
	ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
	INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(TARGETS carnet carnet-resolver
	RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(DIRECTORY include/carnet "${CARNET_GENERATED_INCLUDE}/carnet"
	DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(EXPORT carnet-targets NAMESPACE carnet::
	DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/carnet")

configure_package_config_file(cmake/carnet-config.cmake.in
	"${PROJECT_BINARY_DIR}/carnet-config.cmake"
	INSTALL_DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/carnet")
write_basic_package_version_file(
	"${PROJECT_BINARY_DIR}/carnet-config-version.cmake"
	COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/carnet-config.cmake"
	"${PROJECT_BINARY_DIR}/carnet-config-version.cmake"
	DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/carnet")

file(RELATIVE_PATH CARNET_PC_PREFIX
	"/prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig" /prefix)
configure_file(cmake/carnet.pc.in "${PROJECT_BINARY_DIR}/carnet.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/carnet.pc"
	DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

foreach(page passport/tool/carnet.1 resolver/carnet-resolver.8)
	if(EXISTS "${PROJECT_SOURCE_DIR}/${page}")
		string(REGEX REPLACE ".*\\." "man" section "${page}")
		install(FILES ${page}
			DESTINATION "${CMAKE_INSTALL_MANDIR}/${section}")
	endif()
endforeach()
install(FILES "${PROJECT_BINARY_DIR}/carnet.cdx.json"
	"${PROJECT_BINARY_DIR}/carnet.sources" README.md LICENSE
	CHANGELOG.md DESTINATION "${CMAKE_INSTALL_DOCDIR}")
