# SPDX-FileCopyrightText: ClinicDesk contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What `./dev package` makes: a Debian package of the programs, and beside it the list of everything they are made of
# (packaging/sbom.py). Installers for other systems: docs/state.md.
include(GNUInstallDirs)
install(TARGETS clinicdesk clinicdesk-preview clinicdeskctl clinicdesk-server RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/clinicdesk)
if(UNIX AND NOT APPLE)
  install(FILES packaging/linux/clinicdesk.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
  install(FILES packaging/linux/server.conf DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/clinicdesk)
  install(FILES packaging/linux/clinicdesk-server.service DESTINATION lib/systemd/system)
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME clinicdesk)
set(CPACK_PACKAGE_VENDOR ClinicDesk)
set(CPACK_PACKAGE_CONTACT "ClinicDesk contributors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Desk software for clinics, with its server")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Loaded while running, so no linker knows of them.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libqt6sql6-sqlite, libqt6svg6, qt6-qpa-plugins")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "gnome-keyring | kwalletmanager, qt6-translations-l10n")
include(CPack)
