"""Vietnam's time and words. The pages have their own catalogues (ansinh.platform.language)."""

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False
