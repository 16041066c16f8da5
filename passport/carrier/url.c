#include "url.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>

static bool
is_alnum(uint8_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	       (c >= 'a' && c <= 'z');
}

bool
url_is_unreserved(uint8_t c)
{
	return is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

static bool
is_hex(uint8_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') ||
	       (c >= 'a' && c <= 'f');
}

/* ---- taking apart ----------------------------------------------------------- */

/* Path and query: pchar of RFC 3986, '/', and '?' in the query. */
static const char *
characters_fault(struct cn_slice text, bool query)
{
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.ptr[i];

		if (c == '%') {
			if (text.len - i < 3 || !is_hex(text.ptr[i + 1]) ||
			    !is_hex(text.ptr[i + 2]))
				return "has a % that is not followed by two "
				       "hexadecimal digits";
		} else if (c == '\0' ||
			   !(url_is_unreserved(c) || (query && c == '?') ||
			       strchr("!$&'()*+,;=:@/", c) != NULL)) {
			return "has a character that may not stand in a URL";
		}
	}
	return NULL;
}

static bool
is_ipv6(struct cn_slice host, char text[INET6_ADDRSTRLEN])
{
	struct in6_addr address;

	if (host.len < 4 || host.len - 2 >= INET6_ADDRSTRLEN ||
	    host.ptr[host.len - 1] != ']')
		return false;
	memcpy(text, host.ptr + 1, host.len - 2);
	text[host.len - 2] = '\0';
	return inet_pton(AF_INET6, text, &address) == 1;
}

static const char *
host_fault(struct cn_slice host)
{
	char text[INET6_ADDRSTRLEN];

	if (host.len == 0)
		return "has no host";
	if (host.ptr[0] == '[')
		return is_ipv6(host, text) ? NULL : "has a wrong IPv6 address";
	if (host.len > 253)
		return "has a host of more than 253 characters";
	for (size_t i = 0; i < host.len; i++) {
		uint8_t c = host.ptr[i];

		if (!is_alnum(c) && c != '-' && c != '.' && c != '_')
			return "has a character that may not stand in a host "
			       "(write other scripts as xn--…)";
	}
	return NULL;
}

static const char *
port_fault(struct cn_slice port)
{
	unsigned long value = 0;

	if (port.len == 0 || port.len > 5)
		return "has a wrong port";
	for (size_t i = 0; i < port.len; i++) {
		if (port.ptr[i] < '0' || port.ptr[i] > '9')
			return "has a wrong port";
		value = value * 10 + (unsigned long)(port.ptr[i] - '0');
	}
	return value <= 65535 ? NULL : "has a wrong port";
}

static const char *
authority_split(struct cn_slice authority, struct url *out)
{
	size_t end = 0;
	const char *fault;

	if (cn_slice_find(authority, '@') < authority.len)
		return "names a user";
	if (authority.len > 0 && authority.ptr[0] == '[')
		end = cn_slice_find(authority, ']');
	end += cn_slice_find(cn_slice_sub(authority, end, authority.len), ':');
	out->host = cn_slice_sub(authority, 0, end);
	if (end < authority.len)
		out->port = cn_slice_sub(authority, end + 1, authority.len);
	fault = host_fault(out->host);
	if (fault == NULL && out->port.ptr != NULL)
		fault = port_fault(out->port);
	return fault;
}

static const char *
scheme_split(struct cn_slice text, struct url *out)
{
	static const char *const schemes[] = { "https://", "http://",
		"HTTPS://", "HTTP://" };

	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
		if (!cn_slice_starts(text, schemes[i]))
			continue;
		out->scheme = cn_slice_sub(text, 0, strlen(schemes[i]) - 3);
		return NULL;
	}
	return "does not start with https://";
}

static const char *
target_split(struct cn_slice text, struct url *out)
{
	size_t at = cn_slice_find(text, '?');
	const char *fault;

	if (at < text.len)
		out->query = cn_slice_sub(text, at + 1, text.len);
	out->path = cn_slice_sub(text, 0, at);
	fault = characters_fault(out->path, false);
	return fault != NULL ? fault : characters_fault(out->query, true);
}

const char *
url_split_path(struct cn_slice text, struct url *out)
{
	*out = (struct url){ .scheme = CN_SLICE_NONE };
	if (text.len == 0 || text.ptr[0] != '/')
		return "has no path";
	return target_split(text, out);
}

const char *
url_split(struct cn_slice text, struct url *out)
{
	struct cn_slice rest;
	const char *fault;
	size_t at;

	*out = (struct url){ .scheme = CN_SLICE_NONE };
	fault = scheme_split(text, out);
	if (fault != NULL)
		return fault;
	at = cn_slice_find(text, '#');
	if (at < text.len)
		out->fragment = cn_slice_sub(text, at + 1, text.len);
	rest = cn_slice_sub(
	    text, out->scheme.len + 3, at - out->scheme.len - 3);
	for (at = 0;
	     at < rest.len && rest.ptr[at] != '/' && rest.ptr[at] != '?';)
		at++;
	out->origin = cn_slice_sub(text, 0, out->scheme.len + 3 + at);
	fault = authority_split(cn_slice_sub(rest, 0, at), out);
	if (fault != NULL)
		return fault;
	return target_split(cn_slice_sub(rest, at, rest.len), out);
}

bool
url_segment(struct cn_slice *path, struct cn_slice *segment)
{
	size_t end;

	if (path->len == 0)
		return false;
	end = cn_slice_find(cn_slice_sub(*path, 1, path->len), '/');
	*segment = cn_slice_sub(*path, 1, end);
	*path = cn_slice_sub(*path, 1 + end, path->len);
	return true;
}

/* ---- what a browser would change ---------------------------------------------- */

bool
url_is_dots(struct cn_slice segment)
{
	size_t dots = 0;

	for (size_t i = 0; i < segment.len; dots++) {
		if (segment.ptr[i] == '.')
			i++;
		else if (segment.len - i >= 3 && segment.ptr[i] == '%' &&
			 segment.ptr[i + 1] == '2' &&
			 (segment.ptr[i + 2] | 0x20) == 'e')
			i += 3;
		else
			return false;
	}
	return dots == 1 || dots == 2;
}

/* A host whose last label is a number is an IPv4 address to a browser, in any
 * of its old spellings; only the plain one is left as it is. */
static bool
ends_in_number(struct cn_slice host)
{
	size_t start = host.len, digits = 0;

	while (start > 0 && host.ptr[start - 1] != '.')
		start--;
	if (host.len - start >= 2 && host.ptr[start] == '0' &&
	    (host.ptr[start + 1] | 0x20) == 'x') {
		for (size_t i = start + 2; i < host.len; i++)
			digits += is_hex(host.ptr[i]);
		return digits == host.len - start - 2;
	}
	for (size_t i = start; i < host.len; i++)
		digits += host.ptr[i] >= '0' && host.ptr[i] <= '9';
	return digits > 0 && digits == host.len - start;
}

static bool
is_plain_ipv4(struct cn_slice host, uint32_t *out)
{
	char text[INET_ADDRSTRLEN];
	struct in_addr address;

	if (host.len >= sizeof(text))
		return false;
	memcpy(text, host.ptr, host.len);
	text[host.len] = '\0';
	if (inet_pton(AF_INET, text, &address) != 1)
		return false;
	*out = ntohl(address.s_addr);
	return true;
}

static bool
is_plain_ipv6(struct cn_slice host)
{
	char text[INET6_ADDRSTRLEN], plain[INET6_ADDRSTRLEN];
	struct in6_addr address;

	if (!is_ipv6(host, text) || strchr(text, '.') != NULL ||
	    inet_pton(AF_INET6, text, &address) != 1 ||
	    inet_ntop(AF_INET6, &address, plain, sizeof(plain)) == NULL)
		return false;
	return strcmp(text, plain) == 0;
}

static const char *
labels_fault(struct cn_slice host)
{
	size_t start = 0;

	for (size_t i = 0; i <= host.len; i++) {
		if (i < host.len && host.ptr[i] >= 'A' && host.ptr[i] <= 'Z')
			return "has capital letters in its host";
		if (i < host.len && host.ptr[i] != '.')
			continue;
		/* A dot at the very end names the root. */
		if (i == start && (i < host.len || i == 0))
			return "has an empty label in its host";
		if (i - start > 63)
			return "has a label of more than 63 characters in its "
			       "host";
		start = i + 1;
	}
	return NULL;
}

static const char *
host_change(struct cn_slice host)
{
	struct cn_slice bare = host;
	uint32_t address;

	if (host.ptr[0] == '[')
		return is_plain_ipv6(host) ? NULL
					   : "has an IPv6 address that is not "
					     "in its shortest form";
	if (bare.ptr[bare.len - 1] == '.')
		bare.len--;
	if (ends_in_number(bare) && !is_plain_ipv4(host, &address))
		return "has an IPv4 address that is not in its plain form";
	return labels_fault(host);
}

static const char *
port_change(const struct url *url)
{
	if (url->port.ptr == NULL)
		return NULL;
	if (url->port.len > 1 && url->port.ptr[0] == '0')
		return "has a port with leading zeros";
	if (cn_slice_is(
		url->port, cn_slice_is(url->scheme, "https") ? "443" : "80"))
		return "names the port that is the default anyway";
	return NULL;
}

const char *
url_fault(const struct url *url)
{
	struct cn_slice path = url->path, segment;
	const char *fault;

	if (!cn_slice_is(url->scheme, "https") &&
	    !cn_slice_is(url->scheme, "http"))
		return "has capital letters in its scheme";
	fault = host_change(url->host);
	if (fault == NULL)
		fault = port_change(url);
	if (fault != NULL)
		return fault;
	if (path.len == 0)
		return "has no path, not even /";
	while (url_segment(&path, &segment))
		if (url_is_dots(segment))
			return "has a part . or .. that browsers resolve away";
	if (cn_slice_find(url->query, '\'') < url->query.len)
		return "has an apostrophe in its query (write %27)";
	return NULL;
}

static const char *
encoding_fault(struct cn_slice text)
{
	uint8_t byte = 0;

	for (size_t i = 0; i + 2 < text.len; i++) {
		if (text.ptr[i] != '%')
			continue;
		if (text.ptr[i + 1] >= 'a' || text.ptr[i + 2] >= 'a')
			return "has percent-encoding in lower case";
		(void)cn_unhex(cn_slice_sub(text, i + 1, 2), &byte, 1);
		if (url_is_unreserved(byte))
			return "has percent-encoding that is not needed";
		i += 2;
	}
	return NULL;
}

const char *
url_encoding_fault(const struct url *url)
{
	const char *fault = encoding_fault(url->path);

	return fault != NULL ? fault : encoding_fault(url->query);
}

bool
url_is_loopback(const struct url *url)
{
	uint32_t address;

	if (cn_slice_is(url->host, "localhost") ||
	    cn_slice_is(url->host, "[::1]"))
		return true;
	return is_plain_ipv4(url->host, &address) && address >> 24 == 127;
}
