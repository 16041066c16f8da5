/*
 * bench_core WHAT ALGORITHM SECONDS: prints operations per second of CPU time,
 * as `openssl speed` does, so that both can take turns in one run.
 *
 *     sign, verify     one signature over a Sig_structure of a capsule's size
 *     label, bare      text to QR symbol to 1-bit PNG in memory: ours, and
 *                      calling libqrencode and libpng barely
 */
#include <carnet/key.h>
#include <carnet/label.h>

#include <png.h>
#include <qrencode.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Bytes of a Sig_structure of a capsule with a URL of usual length. */
#define TBS 190
/* Dots a module, as a label at 300 dpi has. */
#define DOTS 5

struct bench {
	struct cn_key *key;
	struct cn_signer signer;
	uint8_t tbs[TBS];
	uint8_t signature[CN_SIGNATURE];
	char url[64];
	char digits[400];
	struct cn_error err;
};

typedef enum cn_code (*operation)(struct bench *b);

static double
cpu_seconds(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static enum cn_code
sign(struct bench *b)
{
	return b->signer.sign(
	    b->signer.ctx, cn_slice_of(b->tbs, TBS), b->signature, &b->err);
}

static enum cn_code
verify(struct bench *b)
{
	return cn_pubkey_verify(b->signer.key, b->signer.alg,
	    cn_slice_of(b->tbs, TBS), NULL,
	    cn_slice_of(b->signature, sizeof(b->signature)), &b->err);
}

static enum cn_code
label(struct bench *b)
{
	const struct cn_label_size size = { .dpi = 300 };
	struct cn_symbol symbol = { 0 };
	struct cn_label_plan plan;
	struct cn_buf png;
	enum cn_code code;

	cn_buf_init(&png, 1u << 20);
	code = cn_symbol_make(cn_slice_str(b->url), cn_slice_str(b->digits),
	    CN_ECC_M, &symbol, &b->err);
	if (code == CN_OK)
		code = cn_label_plan(&symbol, &size, &plan, &b->err);
	if (code == CN_OK)
		code = cn_label_png(&symbol, &plan, &png, &b->err);
	cn_symbol_free(&symbol);
	cn_buf_free(&png);
	return code;
}

static void
bare_write(png_structp png, png_bytep data, png_size_t len)
{
	struct cn_buf *out = png_get_io_ptr(png);

	cn_buf_put(out, cn_slice_of(data, len));
}

static void
bare_flush(png_structp png)
{
	(void)png;
}

/* One row of modules as dots; black is 0 in a 1-bit grey picture. */
static void
bare_row(const QRcode *qr, int y, uint8_t *row, size_t bytes)
{
	memset(row, 0xff, bytes);
	if (y < 0 || y >= qr->width)
		return;
	for (int x = 0; x < qr->width; x++) {
		if ((qr->data[y * qr->width + x] & 1) == 0)
			continue;
		for (int d = 0; d < DOTS; d++) {
			int at = (x + CN_QUIET_ZONE) * DOTS + d;

			row[at >> 3] &= (uint8_t) ~(0x80 >> (at & 7));
		}
	}
}

static void
bare_png(const QRcode *qr, struct cn_buf *out)
{
	png_structp png = png_create_write_struct(
	    PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png_create_info_struct(png);
	int side = (qr->width + 2 * CN_QUIET_ZONE) * DOTS;
	uint8_t row[256];

	if (setjmp(png_jmpbuf(png)))
		abort();
	png_set_write_fn(png, out, bare_write, bare_flush);
	png_set_IHDR(png, info, (png_uint_32)side, (png_uint_32)side, 1,
	    PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE,
	    PNG_FILTER_TYPE_BASE);
	png_set_pHYs(png, info, 11811, 11811, PNG_RESOLUTION_METER);
	png_write_info(png, info);
	for (int y = -CN_QUIET_ZONE; y < qr->width + CN_QUIET_ZONE; y++) {
		bare_row(qr, y, row, sizeof(row));
		for (int d = 0; d < DOTS; d++)
			png_write_row(png, row);
	}
	png_write_end(png, NULL);
	png_destroy_write_struct(&png, &info);
}

static enum cn_code
bare(struct bench *b)
{
	QRinput *input = QRinput_new2(0, QR_ECLEVEL_M);
	QRcode *qr = NULL;
	struct cn_buf png;
	char url[80];
	int len = snprintf(url, sizeof(url), "%s#", b->url);

	cn_buf_init(&png, 1u << 20);
	if (input != NULL &&
	    QRinput_append(input, QR_MODE_8, len, (const unsigned char *)url) ==
		0 &&
	    QRinput_append(input, QR_MODE_NUM, (int)strlen(b->digits),
		(const unsigned char *)b->digits) == 0)
		qr = QRcode_encodeInput(input);
	if (qr != NULL)
		bare_png(qr, &png);
	QRinput_free(input);
	QRcode_free(qr);
	cn_buf_free(&png);
	return qr != NULL ? CN_OK : CN_FOREIGN;
}

static enum cn_code
prepare(struct bench *b, const char *algorithm)
{
	enum cn_alg alg = CN_ALG_ESP256;
	enum cn_code code;

	memset(b->tbs, 0x5a, sizeof(b->tbs));
	(void)snprintf(b->url, sizeof(b->url), "%s",
	    "https://id.maker.example/01/09506000134352/21/SN-0001");
	/* A capsule of 140 bytes has 338 digits. */
	memset(b->digits, '7', 338);
	b->digits[0] = '0';
	if (!cn_alg_parse(cn_slice_str(algorithm), &alg))
		return cn_fail(&b->err, CN_USAGE, "no such algorithm");
	code = cn_key_generate(
	    alg == CN_ALG_ED25519 ? CN_ED25519 : CN_P256, &b->key, &b->err);
	if (code == CN_OK)
		code = cn_signer_key(b->key, alg, &b->signer, &b->err);
	return code == CN_OK ? sign(b) : code;
}

static enum cn_code
run(struct bench *b, operation op, double seconds, double *rate)
{
	double start, spent;
	long count = 0;
	enum cn_code code = op(b); /* warm */

	start = cpu_seconds();
	do {
		for (int i = 0; i < 16 && code == CN_OK; i++, count++)
			code = op(b);
		spent = cpu_seconds() - start;
	} while (code == CN_OK && spent < seconds);
	*rate = (double)count / spent;
	return code;
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *name;
		operation op;
	} operations[] = { { "sign", sign }, { "verify", verify },
		{ "label", label }, { "bare", bare } };
	static struct bench b;
	double rate = 0;
	enum cn_code code = CN_USAGE;

	if (argc != 4)
		return 2;
	for (size_t i = 0; i < sizeof(operations) / sizeof(*operations); i++) {
		if (strcmp(argv[1], operations[i].name) != 0)
			continue;
		code = prepare(&b, argv[2]);
		if (code == CN_OK)
			code = run(
			    &b, operations[i].op, strtod(argv[3], NULL), &rate);
	}
	cn_key_free(b.key);
	if (code != CN_OK) {
		fprintf(stderr, "%s: %s\n", argv[1], b.err.text);
		return 1;
	}
	printf("%.1f\n", rate);
	return 0;
}
