module peerdeck

go 1.26.0
