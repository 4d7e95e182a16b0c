-- The columns of EnterpriseOne that the preset reads, and no others. There they
-- are NCHAR, padded with blanks as here, and never NULL.
CREATE TABLE f0010 (ccco CHAR(5) NOT NULL, ccname CHAR(30), cccrcd CHAR(3));
CREATE TABLE f0013 (cvcrcd CHAR(3) NOT NULL, cvcdec CHAR(1));
CREATE TABLE f0101 (aban8 NUMBER NOT NULL, abalky CHAR(20), abalph CHAR(40), ablngp CHAR(2));
CREATE TABLE f0111 (wwan8 NUMBER NOT NULL, wwidln NUMBER NOT NULL, wwmlnm CHAR(40));
CREATE TABLE f0115 (wpan8 NUMBER NOT NULL, wpidln NUMBER NOT NULL, wprck7 NUMBER NOT NULL, wpphtp CHAR(4), wpar1 CHAR(6), wpph1 CHAR(20));
CREATE TABLE f01151 (eaan8 NUMBER NOT NULL, eaidln NUMBER NOT NULL, earck7 NUMBER NOT NULL, eaetp CHAR(4), eaemal VARCHAR2(256));
CREATE TABLE f0116 (
	alan8 NUMBER NOT NULL, aleftb NUMBER NOT NULL, aladd1 CHAR(40), aladd2 CHAR(40), alcty1 CHAR(25), aladds CHAR(3), aladdz CHAR(12), alctr CHAR(3)
);
CREATE TABLE f03012 (
	aian8 NUMBER NOT NULL, aico CHAR(5) NOT NULL, aiacl NUMBER, aicrcd CHAR(3), aitrar CHAR(3), aiarpy NUMBER, aicmgr CHAR(10), aiclmg CHAR(10),
	aidnlt CHAR(1), aihold CHAR(2), aiuser CHAR(10), aipid CHAR(10), aiupmj NUMBER, aiupmt NUMBER, PRIMARY KEY (aian8, aico)
);
CREATE TABLE f03b11 (
	rpdoc NUMBER NOT NULL, rpdct CHAR(2) NOT NULL, rpkco CHAR(5) NOT NULL, rpsfx CHAR(3) NOT NULL, rpan8 NUMBER, rppyr NUMBER, rpco CHAR(5),
	rppost CHAR(1), rppst CHAR(1), rpdivj NUMBER, rpdgj NUMBER, rpddj NUMBER, rpjcl NUMBER, rpag NUMBER, rpaap NUMBER, rpcrrm CHAR(1),
	rpcrcd CHAR(3), rpacr NUMBER, rpfap NUMBER, rpvod CHAR(1), rpvr01 CHAR(25), rpsdoc NUMBER, rpupmj NUMBER, rpupmt NUMBER,
	PRIMARY KEY (rpdoc, rpdct, rpkco, rpsfx)
);
CREATE TABLE f03b14 (
	rzpyid NUMBER NOT NULL, rzrc5 NUMBER NOT NULL, rzdoc NUMBER, rzdct CHAR(2), rzkco CHAR(5), rzsfx CHAR(3), rzdmtj NUMBER, rzdgj NUMBER,
	rzpaap NUMBER, rzpfap NUMBER, rzadsa NUMBER, rzcdsa NUMBER, rzaaaj NUMBER, rzfchg NUMBER, rzvdgj NUMBER, PRIMARY KEY (rzpyid, rzrc5)
);
