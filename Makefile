# Alone, make prints its targets.
GOLANGCI_LINT := v2.15.0
GOFUMPT       := v0.12.0
TOOLS         := $(CURDIR)/.tools/bin
CONTRACT      ?= $(abspath ../shared/contract)

.DEFAULT_GOAL := help
.PHONY: help build run demo test race lint bench screens case check

help: ## print the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' Makefile

build: ## bin/peerdeck
	go build -trimpath -o bin/peerdeck .

run: build ## the dashboard on your account
	bin/peerdeck

demo: ## the dashboard on simulated clouds
	go run . --demo

test: ## all tests, offline
	go test ./...

race: ## all tests with the race detector, and against Kong's contract where it is
	PEERDECK_CONTRACT_DIR=$(wildcard $(CONTRACT)) go test -race ./...

lint: $(TOOLS)/golangci-lint-$(GOLANGCI_LINT) $(TOOLS)/gofumpt-$(GOFUMPT) ## golangci-lint and gofumpt
	$(TOOLS)/golangci-lint-$(GOLANGCI_LINT) run ./...
	GOOS=windows $(TOOLS)/golangci-lint-$(GOLANGCI_LINT) run ./...
	@unformatted=$$($(TOOLS)/gofumpt-$(GOFUMPT) -l *.go model services ui); \
	if [ -n "$$unformatted" ]; then echo "not formatted by gofumpt:"; echo "$$unformatted"; exit 1; fi

bench: ## frames, bytes, start, idle, memory, first list, the Azure part of a set-up
	go test -run '^TestBytesOnTheWire$$' -v ./ui/app
	go test -run '^$$' -bench . -timeout 30m ./...

screens: ## draw the golden screens, docs/keys.md, docs/dns-rules.md, docs/findings.md and the list of scenarios anew
	UPDATE_SCREENS=1 go test -count=1 ./ui/app
	UPDATE_SCREENS=1 go test -count=1 -run '^TestRulesDocument$$' ./model/dns/table
	UPDATE_SCREENS=1 go test -count=1 -run '^TestFindingsDocument$$' ./model/finding
	UPDATE_SCREENS=1 go test -count=1 -run '^TestScenariosAreListed$$' ./ui/program
	UPDATE_SCREENS=1 go test -count=1 -run '^TestPropertiesDocument$$' ./services/cloud/azure
	go test -count=1 ./ui/app

case: ## make a test of a bundle from the field: make case FILE=ticket.zip NAME=what-is-odd
	@test -n "$(FILE)" && test -n "$(NAME)" || { echo "say which: make case FILE=ticket.zip NAME=what-is-odd"; exit 1; }
	cp "$(FILE)" "testdata/bundles/$(NAME).zip"
	UPDATE_SCREENS=1 go test -count=1 -run '^TestCases$$/^$(NAME)$$' ./ui/program || { rm "testdata/bundles/$(NAME).zip"; exit 1; }

check: ## all that CI does
	.ci/run

$(TOOLS)/golangci-lint-$(GOLANGCI_LINT):
	GOBIN=$(TOOLS) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_LINT)
	mv $(TOOLS)/golangci-lint $@

$(TOOLS)/gofumpt-$(GOFUMPT):
	GOBIN=$(TOOLS) go install mvdan.cc/gofumpt@$(GOFUMPT)
	mv $(TOOLS)/gofumpt $@
