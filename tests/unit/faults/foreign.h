/* All foreign headers at once: the only place where that is right. */
#ifndef FOREIGN_H
#define FOREIGN_H

#include <cbor.h>
#include <curl/curl.h>
#include <expat.h>
#include <microhttpd.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <qrencode.h>
#include <sqlite3.h>
#include <zbar.h>

#include <png.h>

#include <dirent.h>
#include <fcntl.h>
#include <locale.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jpeglib.h>

#include <jerror.h>

#endif
