package statement
import ("testing";"os";"context")
func TestShow(t *testing.T){
 os.MkdirAll("/tmp/show",0o755)
 f,_:=os.Create("/tmp/show/c.xlsx"); if err:=Customer(f,Statement{Seller:seller,Account:sample(),Month:october});err!=nil{t.Fatal(err)}; f.Close()
 f,_=os.Create("/tmp/show/all.xlsx")
 tot,err:=All(context.Background(),f,seller,october,company(60,6),nil); if err!=nil{t.Fatal(err)}; f.Close(); t.Log(tot)
}
func BenchmarkAccount(b *testing.B){ s:=sample(); for b.Loop(){ if _,err:=Account(seller,s,october);err!=nil{b.Fatal(err)}}}
