package policy

// claimKinds are the kinds of wording that need proof.
var claimKinds = []string{
	"agency", "bailiff", "court", "credit_bureau", "deadline", "fee", "interest", "lawsuit", "lawyer", "official", "police",
}
