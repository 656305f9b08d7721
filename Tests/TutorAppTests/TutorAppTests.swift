// TutorApp
