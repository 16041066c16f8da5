# Programs, library, headers, pkg-config file, CMake package, manual pages.
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

configure_file(cmake/carnet.pc.in "${PROJECT_BINARY_DIR}/carnet.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/carnet.pc"
	DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
