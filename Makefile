# Alone, make prints its targets.
TOOLS         := $(CURDIR)/.tools/bin
CONTRACT      ?= $(abspath ../shared/contract)

.DEFAULT_GOAL := help
.PHONY: help build run demo test race lint bench screens pictures case check release

help: ## print the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-9s %s\n", $$1, $$2 }' Makefile

build: ## bin/peerdeck
	go build -trimpath -ldflags "-s -w" -o bin/peerdeck . # without symbols; a panic names its functions and lines all the same

run: build ## the dashboard on your account
	bin/peerdeck

demo: ## the dashboard on simulated clouds
	go run . --demo

test: ## all tests, offline
	go test ./...

race: ## all tests with the race detector, and against Kong's contract where it is
	PEERDECK_CONTRACT_DIR=$(wildcard $(CONTRACT)) go test -race ./...

lint: ## golangci-lint and gofumpt, in the versions that .ci/tools pins
	.ci/tools golangci-lint gofumpt
	$(TOOLS)/golangci-lint run ./...
	GOOS=windows $(TOOLS)/golangci-lint run $$(.ci/differs windows)
	@unformatted=$$($(TOOLS)/gofumpt -l *.go model services ui); \
	if [ -n "$$unformatted" ]; then echo "not formatted by gofumpt:"; echo "$$unformatted"; exit 1; fi

bench: ## measure everything and write docs/performance.md
	PEERDECK_BENCH=1 go test -count=1 -timeout 90m -v -run '^TestPerformance$$' .

screens: ## draw the golden screens, docs/keys.md, docs/dns-rules.md, docs/findings.md and the list of scenarios anew, and write the transcripts
	UPDATE_SCREENS=1 go test -count=1 ./ui/app
	UPDATE_SCREENS=1 go test -count=1 -run "^(TestTranscripts|TestReadOnly|TestKonnect)" ./ui/linear
	UPDATE_SCREENS=1 go test -count=1 -run '^TestRulesDocument$$' ./model/dns/table
	UPDATE_SCREENS=1 go test -count=1 -run '^TestFindingsDocument$$' ./model/finding
	UPDATE_SCREENS=1 go test -count=1 -run '^TestScenariosAreListed$$' ./ui/program
	UPDATE_SCREENS=1 go test -count=1 -run '^TestPropertiesDocument$$' ./services/cloud/azure
	UPDATE_SCREENS=1 go test -count=1 -run '^(TestDependenciesDocumentIsFresh|TestReliabilityDocument)$$' .
	UPDATE_SCREENS=1 go test -count=1 -run '^TestSchemasAreFresh$$' ./ui/command
	go test -count=1 ./ui/app

pictures: ## make the pictures of the documents anew, by tapes and the real program (ui/journey/testdata/tapes)
	UPDATE_PICTURES=1 go test -count=1 -timeout 20m -run '^TestPictures$$' ./ui/journey

case: ## make a test of a bundle from the field: make case FILE=ticket.zip NAME=what-is-odd
	@test -n "$(FILE)" && test -n "$(NAME)" || { echo "say which: make case FILE=ticket.zip NAME=what-is-odd"; exit 1; }
	cp "$(FILE)" "testdata/bundles/$(NAME).zip"
	UPDATE_SCREENS=1 go test -count=1 -run '^TestCases$$/^$(NAME)$$' ./ui/program || { rm "testdata/bundles/$(NAME).zip"; exit 1; }

check: ## all that CI does
	.ci/run

release: ## what a release is made of, into dist, installed and removed again; nothing is published
	.ci/release
