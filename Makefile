# What one does with this tree. docs/contributing.md says when.

# The folder of a dump of a Tryton database, for the tests on a real ERP.
FIXTURES ?= $(wildcard ../shared/erp-fixtures)
export HOLDFAST_TEST_TRYTON_FIXTURES ?= $(abspath $(FIXTURES))

# The folder of a stand-in for Oracle's client library, for the tests of that driver.
OCISTUB ?= $(wildcard ../shared/oci-stub)
ifneq ($(OCISTUB),)
export HOLDFAST_TEST_OCISTUB ?= $(CURDIR)/dist/ocistub
endif

# Debian's packages of two more real ERPs, unpacked by "make erps", for the tests on their own schemas.
export HOLDFAST_TEST_LEDGERSMB ?= $(if $(wildcard dist/ledgersmb/usr/share/ledgersmb/sql),$(CURDIR)/dist/ledgersmb)
export HOLDFAST_TEST_SQLLEDGER ?= $(if $(wildcard dist/sql-ledger/usr/share/sql-ledger/sql),$(CURDIR)/dist/sql-ledger)

GO ?= go
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo development)
LDFLAGS = -s -w -X main.version=$(VERSION)
TESTPG = $(GO) run ./connector/testpg --

STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
PROTOC_GEN_GO = google.golang.org/protobuf/cmd/protoc-gen-go@v1.36.12
PROTOC_GEN_GO_GRPC = google.golang.org/grpc/cmd/protoc-gen-go-grpc@v1.6.2

.PHONY: build cross test ocistub erps lint trials bench wine proto

build:
	$(GO) build -trimpath -ldflags '$(LDFLAGS)' -o holdfast ./connector

# Builds for every system we ship for; with cgo where there is a C compiler for it.
cross:
	GOOS=linux CGO_ENABLED=0 $(GO) build -o /dev/null ./...
	GOOS=windows CGO_ENABLED=0 $(GO) build -o /dev/null ./...
	@if command -v gcc >/dev/null; then set -x; CGO_ENABLED=1 $(GO) build -o /dev/null ./...; \
		else echo 'cross: SKIPPED: linux with cgo needs gcc'; fi
	@if command -v x86_64-w64-mingw32-gcc >/dev/null; then set -x; \
		GOOS=windows CGO_ENABLED=1 CC=x86_64-w64-mingw32-gcc $(GO) build -o /dev/null ./...; \
		else echo 'cross: SKIPPED: windows with cgo needs x86_64-w64-mingw32-gcc (Debian: gcc-mingw-w64-x86-64)'; fi

# Brings a throw-away PostgreSQL, or takes the one in HOLDFAST_TEST_POSTGRES_DSN.
test: ocistub
	$(TESTPG) $(GO) test -timeout 9m ./...

# Builds that stand-in (Debian: gcc libpq-dev postgresql-15-orafce); without it the tests say what they skip.
ocistub:
	@if [ -z "$(OCISTUB)" ]; then exit 0; fi; \
	if ! command -v gcc >/dev/null || [ ! -f "$$(pg_config --includedir 2>/dev/null)/libpq-fe.h" ] || \
		[ ! -f "$$(pg_config --sharedir)/extension/orafce.control" ]; then \
		echo 'test: SKIPPED: the stand-in for the Oracle client needs gcc, libpq-dev and postgresql-15-orafce'; exit 0; fi; \
	mkdir -p dist/ocistub && $(MAKE) --no-print-directory -s -C $(OCISTUB) OUT=$(CURDIR)/dist/ocistub && \
		install $(OCISTUB)/pg.sh $(OCISTUB)/setup.sql dist/ocistub

# Fetches LedgerSMB's and SQL-Ledger's packages by apt-get and unpacks them; nothing is installed.
erps:
	mkdir -p dist && cd dist && apt-get download -qq ledgersmb sql-ledger && \
		dpkg-deb -x ledgersmb_*.deb ledgersmb && dpkg-deb -x sql-ledger_*.deb sql-ledger && rm -f ledgersmb_*.deb sql-ledger_*.deb

# Runs the program for Windows in Wine (Debian: wine wine64 gcc-mingw-w64-x86-64).
wine:
	HOLDFAST_TEST_WINE=1 $(GO) test -count=1 -timeout 5m -run Windows ./connector/endtoend

lint:
	@unformatted=$$(gofmt -l .); if [ -n "$$unformatted" ]; then echo "run gofmt -w on:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...

# The long proofs: kills at random points and at named lines, a year of 2,000 accounts lived in memory
# and through the store, and bugs planted in the engine. SEED=0 draws a seed.
SEED ?= 0
KILLS ?= 200
SENDS ?= 1000
ACCOUNTS ?= 2000
trials:
	$(GO) run ./connector/trials -seed $(SEED) -kills $(KILLS) -sends $(SENDS)
	$(GO) run ./connector/trials -only deaths -seed $(SEED) -kills $(KILLS) -sends $(SENDS)
	$(GO) run ./connector/trials -only year -seed $(SEED) -accounts $(ACCOUNTS)
	$(GO) run ./connector/trials/planted

# Yardsticks as ratios, appended to docs/bench.md. DOCUMENTS=1000000 for the full size.
DOCUMENTS ?= 100000
ROWS ?= all
bench:
	$(GO) run ./connector/bench -documents $(DOCUMENTS) -rows $(ROWS)

# Needs protoc (Debian: protobuf-compiler).
proto:
	mkdir -p dist/bin
	GOBIN=$(CURDIR)/dist/bin $(GO) install $(PROTOC_GEN_GO)
	GOBIN=$(CURDIR)/dist/bin $(GO) install $(PROTOC_GEN_GO_GRPC)
	PATH=$(CURDIR)/dist/bin:$$PATH protoc -I plugins/proto --go_out=paths=source_relative:plugins/proto \
		--go-grpc_out=paths=source_relative:plugins/proto plugins/proto/channel.proto
