"""Where facts come from: git and the webhooks of GitHub and GitLab, turned into plain values."""
