/** Credentials as the product wants them: what they open is the bench's own, or nothing at all. */
export function productSettings(given: {
  database: string;
  redis?: string;
  x: string;
  smtp?: string;
}): Record<string, string> {
  return {
    LOG_LEVEL: 'info',
    DATABASE_URL: given.database,
    ...(given.redis ? { REDIS_URL: given.redis } : {}),
    X_API_URL: given.x,
    X_AUTH_URL: given.x,
    X_BEARER_TOKEN: 'bench-bearer',
    X_CLIENT_ID: 'bench-client',
    X_CLIENT_SECRET: 'bench-secret',
    STRIPE_API_URL: 'http://127.0.0.1:1',
    STRIPE_SECRET_KEY: 'sk_test_bench',
    STRIPE_WEBHOOK_SECRET: 'whsec_bench',
    SMTP_URL: given.smtp ?? 'smtp://127.0.0.1:1',
    MAIL_FROM: 'carts@replycart.example',
    SECRET_KEY: 'a-secret-key-for-benches-of-40-characters',
    PUBLIC_URL: 'http://localhost:3999',
  };
}
