resource "aws_route53_resolver_rule" "corp" {
  domain_name = "corp.example.com"
  rule_type   = "FORWARD"
}
