// Package faultproxy stands between the real clients and the simulated clouds, and does to
// what passes what networks, proxies and broken servers do: it delays, slows, reorders, cuts,
// truncates, breaks off, replaces and drowns answers, over HTTP/1.1 and HTTP/2, plain and in
// TLS. It listens on loopback, or in memory, where waits cost virtual time only. Nothing but
// tests imports it.
package faultproxy
