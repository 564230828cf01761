// One end of a bulk transfer over quic-go, which speaks as EndMain does: a server says "ready PORT"
// and "receiving 0", a line of standard input begins the counting, the next one ends it, then both
// ends say "counted BYTES CPU_NS WALL_NS".
package main

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"log"
	"math/big"
	"net"
	"os"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/quic-go/quic-go"
)

const (
	protocol = "tern-compare"
	chunk    = 1 << 16
	window   = 16 << 20
)

var received atomic.Int64

func main() {
	log.SetFlags(0)
	if os.Args[1] == "server" {
		fmt.Println("ready", receive())
		for received.Load() == 0 {
			time.Sleep(time.Millisecond)
		}
		fmt.Println("receiving", 0)
	} else {
		go send(os.Args[2])
	}
	signals := bufio.NewReader(os.Stdin)
	wait(signals)
	bytes, cpu, wall := received.Load(), cpuTime(), time.Now()
	wait(signals)
	fmt.Println("counted", received.Load()-bytes, cpuTime()-cpu, time.Since(wall).Nanoseconds())
}

func wait(signals *bufio.Reader) {
	if _, err := signals.ReadString('\n'); err != nil {
		os.Exit(0) // who started this is gone
	}
}

func cpuTime() int64 {
	var usage syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return usage.Utime.Nano() + usage.Stime.Nano()
}

func settings() *quic.Config {
	return &quic.Config{
		InitialStreamReceiveWindow:     window,
		MaxStreamReceiveWindow:         window,
		InitialConnectionReceiveWindow: window,
		MaxConnectionReceiveWindow:     window,
	}
}

func receive() int {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	check(err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(24 * time.Hour),
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	check(err)
	listener, err := quic.ListenAddr("127.0.0.1:0", &tls.Config{
		Certificates: []tls.Certificate{{Certificate: [][]byte{certificate}, PrivateKey: key}},
		NextProtos:   []string{protocol},
	}, settings())
	check(err)
	go func() {
		connection, err := listener.Accept(context.Background())
		check(err)
		stream, err := connection.AcceptUniStream(context.Background())
		check(err)
		buffer := make([]byte, chunk)
		for {
			read, err := stream.Read(buffer)
			received.Add(int64(read))
			check(err)
		}
	}()
	return listener.Addr().(*net.UDPAddr).Port
}

func send(port string) {
	connection, err := quic.DialAddr(context.Background(), "127.0.0.1:"+port, &tls.Config{
		InsecureSkipVerify: true,
		NextProtos:         []string{protocol},
	}, settings())
	check(err)
	stream, err := connection.OpenUniStreamSync(context.Background())
	check(err)
	buffer := make([]byte, chunk)
	for {
		_, err := stream.Write(buffer)
		check(err)
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
