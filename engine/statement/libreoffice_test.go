package statement

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"holdfast/engine/ar"
)

// A spreadsheet program that knows none of our values computes the same ones:
// every formula's value is taken out, LibreOffice fills them in, and each must
// be what we had written.
func TestLibreOfficeComputesTheSame(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("SKIPPED: LibreOffice (soffice) is not installed, formulas are not recalculated by another program")
	}
	customer, _ := customerBook(t)
	var all bytes.Buffer
	if _, err := All(context.Background(), &all, seller, october, company(30, 5), ar.Balance{{Minor: 7, Currency: "JPY"}}); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	books := map[string][]byte{"customer.xlsx": customer, "all.xlsx": all.Bytes()}
	args := []string{"-env:UserInstallation=file://" + filepath.ToSlash(dir) + "/profile", "--headless", "--convert-to", "xlsx", "--outdir", filepath.Join(dir, "out")}
	for name, content := range books {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, withoutValues(t, content), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	if out, err := exec.Command(soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	for name, content := range books {
		computed, err := os.ReadFile(filepath.Join(dir, "out", name))
		if err != nil {
			t.Fatal(err)
		}
		if n := compareFormulas(t, open(t, content), open(t, computed)); n < 20 {
			t.Errorf("%s: only %d formulas compared", name, n)
		}
	}
}

var formulaValue = regexp.MustCompile(`(<f>[^<]*</f>)<v>[^<]*</v>`)

// withoutValues takes the values of formulas out of a workbook.
func withoutValues(t *testing.T, content []byte) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	out := zip.NewWriter(&buf)
	for _, part := range in.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(part.Name, "xl/worksheets/") {
			text = formulaValue.ReplaceAll(text, []byte("$1"))
		}
		w, err := out.Create(part.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// compareFormulas compares the value of every formula of ours and returns how
// many there are.
func compareFormulas(t *testing.T, ours, theirs *excelize.File) int {
	t.Helper()
	n := 0
	for _, sheet := range ours.GetSheetList() {
		rows, err := ours.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for j := range row {
				ref, _ := excelize.CoordinatesToCellName(j+1, i+1)
				formula, _ := ours.GetCellFormula(sheet, ref)
				if formula == "" {
					continue
				}
				n++
				want, _ := strconv.ParseFloat(row[j], 64)
				text := value(t, theirs, sheet, ref)
				got, err := strconv.ParseFloat(text, 64)
				if err != nil || math.Abs(got-want) > 1e-6 {
					t.Errorf("%s!%s =%s: %q, we wrote %v", sheet, ref, formula, text, want)
				}
			}
		}
	}
	return n
}
