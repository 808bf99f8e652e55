package model

// KongAppID is the application that Kong peers with, kong-cgw-azure-vnet-peering-app, as
// the consent link of Kong's documentation names it.
const KongAppID = "207b296f-cf25-4d23-9eba-9a2c41dc62ca"
