// Package terraform writes what is there as a configuration of Terraform, with blocks that
// import it: Konnect's network resources for Kong's provider (konnect 3), the role and its
// assignments for Azure's (azurerm 5). It uses Terraform's own writer of the language.
//
// What a provider cannot hold, and what it would replace on the first apply, is said in
// notes before and in comments at the place. An import of Kong's provider leaves the
// arguments of a peering empty in the state, so that its first apply would delete the
// peering and make it anew (issue 398 of the provider, for AWS; its code for Azure has the
// same shape): each such resource is written so that Terraform refuses that. Nothing of it
// was tried against the providers themselves, which are not part of peerdeck's tests.
package terraform
