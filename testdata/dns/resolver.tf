resource "konnect_cloud_gateway_private_dns" "hub" {
  name = "hub"
}
