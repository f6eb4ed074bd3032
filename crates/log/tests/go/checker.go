// The log that adil wrote, checked by golang.org/x/mod/sumdb: signature, root, every tile, every entry, proofs.
//
//	checker FOLDER VKEY [PROOF ...]
//
// prints "ok", or what is wrong and ends with status 1. Built by .ci/get-tlog-checker.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

func fail(format string, values ...interface{}) {
	fmt.Printf(format+"\n", values...)
	os.Exit(1)
}

// folder gives tiles. Go writes the height into the path, C2SP does not.
type folder string

func (f folder) Height() int { return height }

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := os.ReadFile(filepath.Join(string(f), strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

// checkpoint verifies the signature of a note, and reads the tree that its text states.
func checkpoint(text []byte, vkey string) tlog.Tree {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		fail("the key: %v", err)
	}
	opened, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		fail("the checkpoint: %v", err)
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() || lines[3] != "" {
		fail("the checkpoint has other lines than origin, size and root: %q", opened.Text)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		fail("the size: %v", err)
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		fail("the root: %v", err)
	}
	return tlog.Tree{N: size, Hash: root}
}

// entries reads the bundle with this number, which has so many entries.
func entries(f folder, number, width int64) [][]byte {
	// The path of a bundle is that of a tile of level 0, below another folder.
	path := tlog.Tile{H: height, L: 0, N: number, W: int(width)}.Path()
	data, err := os.ReadFile(filepath.Join(string(f), strings.Replace(path, "tile/8/0/", "tile/entries/", 1)))
	if err != nil {
		fail("%v", err)
	}
	var all [][]byte
	for len(data) > 0 {
		if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
			fail("bundle %d is cut off", number)
		}
		end := 2 + int(binary.BigEndian.Uint16(data))
		all = append(all, data[2:end])
		data = data[end:]
	}
	if int64(len(all)) != width {
		fail("bundle %d has %d entries, not %d", number, len(all), width)
	}
	return all
}

func main() {
	if len(os.Args) < 3 {
		fail("checker FOLDER VKEY [PROOF ...]")
	}
	f := folder(os.Args[1])
	text, err := os.ReadFile(filepath.Join(string(f), "checkpoint"))
	if err != nil {
		fail("%v", err)
	}
	tree := checkpoint(text, os.Args[2])
	// Every tile that is read is verified against the root.
	reader := tlog.TileHashReader(tree, f)
	root, err := tlog.TreeHash(tree.N, reader)
	if err != nil || root != tree.Hash {
		fail("the root of the tiles is %v, not %v (%v)", root, tree.Hash, err)
	}
	var all [][]byte
	for number := int64(0); number*256 < tree.N; number++ {
		width := tree.N - number*256
		if width > 256 {
			width = 256
		}
		all = append(all, entries(f, number, width)...)
	}
	var stored []tlog.Hash
	own := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var hashes []tlog.Hash
		for _, index := range indexes {
			hashes = append(hashes, stored[index])
		}
		return hashes, nil
	})
	for number, entry := range all {
		hashes, err := tlog.StoredHashes(int64(number), entry, own)
		if err != nil {
			fail("entry %d: %v", number, err)
		}
		stored = append(stored, hashes...)
	}
	if root, err := tlog.TreeHash(tree.N, own); err != nil || (tree.N > 0 && root != tree.Hash) {
		fail("the root of the entries is %v, not %v (%v)", root, tree.Hash, err)
	}
	// Every file of hashes that the tree has, byte for byte.
	for _, tile := range tlog.NewTiles(height, 0, tree.N) {
		expected, err := tlog.ReadTileData(tile, own)
		if err != nil {
			fail("%v: %v", tile, err)
		}
		// Go lists every width that a tile ever had; the folder has the last one.
		last := (tree.N >> uint(height*tile.L)) - tile.N*256
		if last > 256 {
			last = 256
		}
		if int64(tile.W) != last {
			continue
		}
		found, err := f.ReadTiles([]tlog.Tile{tile})
		if err != nil || !bytes.Equal(found[0], expected) {
			fail("%s differs (%v)", tile.Path(), err)
		}
	}
	for index := int64(0); index < tree.N; index += 1 + tree.N/50 {
		proof, err := tlog.ProveRecord(tree.N, index, reader)
		if err != nil {
			fail("entry %d: %v", index, err)
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(all[index])); err != nil {
			fail("entry %d: %v", index, err)
		}
	}
	for _, name := range os.Args[3:] {
		proven(name, os.Args[2], all)
	}
	fmt.Println("ok")
}

// proven checks a file of the form c2sp.org/tlog-proof.
func proven(name, vkey string, all [][]byte) {
	text, err := os.ReadFile(name)
	if err != nil {
		fail("%v", err)
	}
	parts := bytes.SplitN(text, []byte("\n\n"), 2)
	lines := strings.Split(string(parts[0]), "\n")
	if len(parts) != 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
		fail("%s: is no proof", name)
	}
	lines = lines[1:]
	if strings.HasPrefix(lines[0], "extra ") {
		lines = lines[1:]
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[0], "index "), 10, 64)
	if err != nil {
		fail("%s: %v", name, err)
	}
	var proof tlog.RecordProof
	for _, line := range lines[1:] {
		var hash tlog.Hash
		data, err := base64.StdEncoding.DecodeString(line)
		if err != nil || copy(hash[:], data) != len(hash) {
			fail("%s: %q is no hash", name, line)
		}
		proof = append(proof, hash)
	}
	tree := checkpoint(parts[1], vkey)
	if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(all[index])); err != nil {
		fail("%s: %v", name, err)
	}
}
