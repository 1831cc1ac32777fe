"""Users: contexts of kind `user`, in the shape they had before there were contexts."""
